package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.functions.FunctionLog.Line;
import dev.ingestkit.local.functions.FunctionLog.Source;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a function's output to its log, line by line, and to the invocation that printed it. Thread-safe. */
final class FunctionOutput {

    private final FunctionLog log;

    FunctionOutput(FunctionLog log) {
        this.log = log;
    }

    /**
     * Logs a piece of output under the invocation that printed it.
     *
     * @param running the invocation of the environment that printed
     */
    void printed(String function, Frame frame, Optional<Call> running) {
        Source source = Source.valueOf(frame.texts().get(0).toUpperCase(Locale.ROOT));
        String requestId = frame.texts().get(1);
        Call call = running.filter(one -> one.requestId().equals(requestId)).orElse(null);
        new String(frame.body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    if (call == null) {
                        printed(function, requestId.isEmpty() ? null : requestId, source, line);
                    } else {
                        call.log(source, line);
                    }
                });
    }

    void printed(String function, @Nullable String requestId, Source source, String line) {
        log.line(new Line(function, requestId, source, line));
    }
}
