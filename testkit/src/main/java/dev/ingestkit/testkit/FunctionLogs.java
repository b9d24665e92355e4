package dev.ingestkit.testkit;

import dev.ingestkit.local.functions.FunctionLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest lines of each function's output. Thread-safe. */
final class FunctionLogs implements FunctionLog {

    private static final int MAX_LINES = 10_000;

    private final Map<String, Deque<Line>> lines = new HashMap<>();

    @Override
    public synchronized void line(Line line) {
        Deque<Line> ofFunction = lines.computeIfAbsent(line.function(), name -> new ArrayDeque<>());
        ofFunction.addLast(line);
        if (ofFunction.size() > MAX_LINES) {
            ofFunction.removeFirst();
        }
    }

    synchronized void clear() {
        lines.clear();
    }

    synchronized List<String> of(String function) {
        return lines.getOrDefault(function, new ArrayDeque<>()).stream()
                .map(Line::text)
                .toList();
    }

    /** Returns the lines of one invocation. */
    synchronized List<String> ofInvocation(String requestId) {
        return lines.values().stream()
                .flatMap(Deque::stream)
                .filter(line -> requestId.equals(line.requestId()))
                .map(Line::text)
                .toList();
    }
}
