package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.functions.FunctionLog.Line;
import dev.ingestkit.local.functions.FunctionLog.Source;
import dev.ingestkit.local.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One invocation from its arrival to its answer, with its log. Completes once; later answers are dropped. Thread-safe.
 */
final class Call {

    private final String requestId;
    private final byte[] payload;
    private final FunctionConfig config;
    private final FunctionLog log;
    private final Journal journal;
    private final LogTail tail = new LogTail();
    private final CompletableFuture<Invocation> future = new CompletableFuture<>();
    private final long arrived = System.nanoTime();
    private volatile boolean crashing;
    private volatile long initMicros;
    private volatile @Nullable Future<?> timeout;

    Call(String requestId, byte[] payload, FunctionConfig config, FunctionRuntimeOptions options) {
        this.requestId = requestId;
        this.payload = payload;
        this.config = config;
        this.log = options.log();
        this.journal = options.journal();
    }

    String requestId() {
        return requestId;
    }

    byte[] payload() {
        return payload;
    }

    /** Returns the frame that starts the call in an environment. */
    Frame frame(int environment, String traceHeader, long deadlineMillis) {
        List<String> texts = List.of(requestId, traceHeader, config.arn());
        return new Frame(Frame.Type.INVOKE, environment, texts, List.of(deadlineMillis), payload);
    }

    CompletableFuture<Invocation> future() {
        return future;
    }

    long waitedNanos() {
        return System.nanoTime() - arrived;
    }

    /** Marks the call for an injected crash while the handler runs. */
    void crashWhenStarted() {
        crashing = true;
    }

    boolean crashes() {
        return crashing;
    }

    /** Returns whether a frame is this call's answer. An answer before an injected crash is ignored. */
    boolean isAnsweredBy(Frame frame) {
        return !crashing && requestId.equals(frame.texts().get(0));
    }

    /** Notes that the handler is about to run. */
    void start(long environmentInitMicros, @Nullable Future<?> timer) {
        initMicros = environmentInitMicros;
        timeout = timer;
    }

    void logStart() {
        log(Source.PLATFORM, "START RequestId: " + requestId + " Version: $LATEST");
    }

    void log(Source source, String text) {
        tail.add(text);
        log.line(new Line(config.name(), requestId, source, text));
    }

    /** Ends the call with an outcome. Completes on the executor: dependents of the future may take long. */
    void end(Outcome outcome, Executor executor) {
        Future<?> timer = timeout;
        if (timer != null) {
            timer.cancel(false);
        }
        String cause = outcome.logLine();
        if (cause != null) {
            log(Source.PLATFORM, cause);
        }
        log(Source.PLATFORM, "END RequestId: " + requestId);
        log(Source.PLATFORM, report(outcome));
        String error = outcome.failed() ? "Unhandled" : null;
        Invocation invocation = new Invocation(
                requestId, error, outcome.payload(), Duration.ofNanos(outcome.micros() * 1_000), tail.text());
        // Before the answer is known: whoever learns of the invocation finds it counted, and the event of a failure.
        journal.invocations().add(config.arn(), invocation.failed(), outcome.micros());
        if (invocation.failed()) {
            journal.failures().add(requestId, config.arn(), invocation.errorText(), payload);
        }
        executor.execute(() -> future.complete(invocation));
    }

    void reject(InvokeRejectedException reason, Executor executor) {
        executor.execute(() -> future.completeExceptionally(reason));
    }

    /** Returns Lambda's line on a call. Written by hand: a formatter's time would be most of a short call's. */
    private String report(Outcome outcome) {
        // Lambda bills the initialization with the first invocation.
        long billed = -Math.floorDiv(-(outcome.micros() + initMicros), 1_000);
        StringBuilder report = new StringBuilder(160)
                .append("REPORT RequestId: ")
                .append(requestId)
                .append("\tDuration: ");
        millis(report, outcome.micros())
                .append("\tBilled Duration: ")
                .append(billed)
                .append(" ms\tMemory Size: ")
                .append(config.limits().memoryMegabytes())
                .append(" MB\tMax Memory Used: ")
                .append(outcome.memoryBytes() >> 20)
                .append(" MB\t");
        if (initMicros > 0) {
            millis(report.append("Init Duration: "), initMicros).append('\t');
        }
        if (outcome.status() != null) {
            report.append("Status: ").append(outcome.status());
        }
        return report.toString();
    }

    private static StringBuilder millis(StringBuilder text, long micros) {
        long hundredths = (micros + 5) / 10;
        long rest = hundredths % 100;
        return text.append(hundredths / 100)
                .append(rest < 10 ? ".0" : ".")
                .append(rest)
                .append(" ms");
    }

    /**
     * The outcome of a call.
     *
     * @param status the status in Lambda's report line; null if Lambda has none
     * @param logLine the line that Lambda writes into the log before the report; null for none
     */
    record Outcome(
            boolean failed,
            byte[] payload,
            long micros,
            long memoryBytes,
            @Nullable String status,
            @Nullable String logLine) {

        static Outcome answer(byte[] payload, long micros, long memoryBytes) {
            return new Outcome(false, payload, micros, memoryBytes, null, null);
        }

        static Outcome error(byte[] payload, long micros, long memoryBytes) {
            return new Outcome(true, payload, micros, memoryBytes, null, null);
        }
    }
}
