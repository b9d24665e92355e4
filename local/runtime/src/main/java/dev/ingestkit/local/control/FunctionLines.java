package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionLog;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The latest output of the functions, line by line, with a number for each line. The oldest lines are dropped beyond a
 * number of lines and of characters. Passes each line on. Thread-safe.
 */
public final class FunctionLines implements FunctionLog {

    private static final int MAX_LINES = 20_000;
    private static final long MAX_CHARACTERS = 8L * 1024 * 1024;
    private static final int MAX_ANSWER = 2_000;

    private final Clock clock;
    private final FunctionLog next;
    private final Deque<Numbered> lines = new ArrayDeque<>();
    private long characters;
    private long last;

    private record Numbered(long number, Instant at, Line line) {}

    /**
     * Creates an empty buffer.
     *
     * @param next receives each line, too
     */
    public FunctionLines(Clock clock, FunctionLog next) {
        this.clock = requireNonNull(clock, "clock");
        this.next = requireNonNull(next, "next");
    }

    @Override
    public void line(Line line) {
        keep(line);
        next.line(line);
    }

    private synchronized void keep(Line line) {
        lines.addLast(new Numbered(++last, clock.instant(), line));
        characters += line.text().length();
        while (lines.size() > MAX_LINES || (characters > MAX_CHARACTERS && lines.size() > 1)) {
            characters -= lines.removeFirst().line().text().length();
        }
    }

    /** Answers with some of the lines after the number in {@code after}, as NDJSON; empty after the last line. */
    HttpResponse answer(HttpRequest request) {
        long after;
        try {
            after = new QueryParameters(request.rawQuery()).number("after", 0);
        } catch (IllegalArgumentException invalid) {
            return HttpResponse.text(400, invalid.getMessage() + "\n");
        }
        return HttpResponse.of(200, "application/x-ndjson", text(after).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized String text(long after) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .filter(line -> line.number() > after)
                .limit(MAX_ANSWER)
                .forEach(line -> text.append(json(line)).append('\n'));
        return text.toString();
    }

    /** Returns the lines of invocations, oldest first, in the form of {@link #answer}. */
    public synchronized List<ObjectNode> of(Set<String> requestIds) {
        return lines.stream()
                .filter(line -> {
                    String requestId = line.line().requestId();
                    return requestId != null && requestIds.contains(requestId);
                })
                .map(FunctionLines::json)
                .toList();
    }

    private static ObjectNode json(Numbered line) {
        return Json.mapper()
                .createObjectNode()
                .put("number", line.number())
                .put("at", line.at().toString())
                .put("function", line.line().function())
                .put("requestId", line.line().requestId())
                .put("source", line.line().source().name().toLowerCase(Locale.ROOT))
                .put("text", line.line().text());
    }
}
