package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Sends what a source gives, several at a time, at a rate. Each client holds one event, so memory does not grow with the
 * input. A run is used once.
 */
public final class SendRun {

    /** Is told of each event's end, by one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        void ended(OutgoingEvent event, Outcome outcome);
    }

    /** How to send. {@code rate} is events a second, 0 for as fast as it goes; {@code most} is how many at most. */
    public record Plan(long most, double rate, int concurrency, BitSet skip) {}

    private static final int UNAUTHORIZED = 401;

    private final PayloadSource source;
    private final EventNaming naming;
    private final SubmitClient client;
    private final Plan plan;
    private final Listener listener;
    private final Histogram latencies = new Histogram(3);
    private final Object reading = new Object();
    private final Object ending = new Object();
    private volatile boolean stopped;
    private long taken;
    private long paced;
    private long skipped;
    private long accepted;
    private long rejected;
    private long retried;
    private long began;

    public SendRun(PayloadSource source, EventNaming naming, SubmitClient client, Plan plan, Listener listener) {
        this.source = requireNonNull(source, "source");
        this.naming = requireNonNull(naming, "naming");
        this.client = requireNonNull(client, "client");
        this.plan = requireNonNull(plan, "plan");
        this.listener = requireNonNull(listener, "listener");
    }

    /** Sends until the source ends, or enough was sent. */
    public SendSummary run() {
        began = System.nanoTime();
        ExecutorService clients = Executors.newFixedThreadPool(plan.concurrency(), task -> {
            Thread thread = new Thread(task, "send");
            thread.setDaemon(true); // one may wait for standard input, which nothing interrupts
            return thread;
        });
        try {
            List<Future<Void>> running = IntStream.range(0, plan.concurrency())
                    .mapToObj(index -> clients.submit(worker()))
                    .toList();
            for (Future<Void> one : running) {
                one.get();
            }
            return summary();
        } catch (ExecutionException failed) {
            throw rethrown(requireNonNull(failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while sending");
        } finally {
            stopped = true;
            clients.shutdownNow();
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof IOException unreadable) {
            return new CliException("INPUT_UNREADABLE", ExitCode.FAILED, "cannot read the events")
                    .because(String.valueOf(unreadable.getMessage()), unreadable);
        }
        throw new IllegalStateException("a client of the sender failed", cause);
    }

    private Callable<Void> worker() {
        return () -> {
            try {
                for (Optional<OutgoingEvent> next = next(); next.isPresent(); next = next()) {
                    ended(next.get(), client.submit(next.get()));
                }
                return null;
            } catch (Exception failure) {
                stopped = true;
                throw failure;
            }
        };
    }

    /** Takes the next event, when it is its turn. */
    private Optional<OutgoingEvent> next() throws IOException, InterruptedException {
        synchronized (reading) {
            while (!stopped && taken < plan.most()) {
                Optional<byte[]> payload = source.next();
                if (payload.isEmpty()) {
                    return Optional.empty();
                }
                taken++;
                if (taken < Integer.MAX_VALUE && plan.skip().get((int) taken)) {
                    skipped++;
                    continue;
                }
                pace();
                return Optional.of(naming.name(payload.get(), taken));
            }
            return Optional.empty();
        }
    }

    /** Waits for this event's moment on an even grid from the begin on; what came late does not push the rest back. */
    private void pace() throws InterruptedException {
        if (plan.rate() > 0) {
            long due = began + (long) (paced++ * 1e9 / plan.rate());
            long wait = due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        }
    }

    private void ended(OutgoingEvent event, Outcome outcome) {
        synchronized (ending) {
            latencies.recordValue(Math.max(0, Math.round(outcome.millis() * 1e3)));
            retried += outcome.attempts() - 1;
            if (outcome.accepted()) {
                accepted++;
            } else {
                rejected++;
            }
            listener.ended(event, outcome);
            if (outcome.status() == 0 && accepted == 0 && rejected == plan.concurrency()) {
                throw new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "the API does not answer")
                        .because(String.valueOf(outcome.error()), null)
                        .hint("is it running? ingest-cli doctor");
            }
            if (outcome.status() == UNAUTHORIZED) {
                throw new CliException("UNAUTHORIZED", ExitCode.ENVIRONMENT, "the API refuses the stack's credentials")
                        .because(String.valueOf(outcome.error()), null)
                        .hint("has the secret just been rotated? the authorizer takes the new one within seconds");
            }
        }
    }

    /** What has been done so far. Any thread may ask. */
    public SendSummary summary() {
        synchronized (ending) {
            double seconds = (System.nanoTime() - began) / 1e9;
            long sent = accepted + rejected;
            return new SendSummary(
                    sent,
                    accepted,
                    rejected,
                    skipped,
                    retried,
                    Math.round(seconds * 1e3) / 1e3,
                    Math.round(sent / Math.max(seconds, 1e-3) * 10) / 10.0,
                    latencies.getValueAtPercentile(50) / 1e3,
                    latencies.getValueAtPercentile(99) / 1e3,
                    latencies.getMaxValue() / 1e3);
        }
    }
}
