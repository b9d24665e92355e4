package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of a source concurrently and at a rate. Each client holds one event, so memory does not grow with
 * the input, and the source is read no faster than events are answered. An instance runs once.
 */
public final class SendRun {

    /** Receives the outcome of each event, from one thread at a time. */
    @FunctionalInterface
    public interface Listener {
        void ended(OutgoingEvent event, SendOutcome outcome, Moment moment);
    }

    /**
     * The scheduled and the actual moment of a post, in nanoseconds of {@link System#nanoTime} with the machine's
     * clock.
     */
    public record Moment(long due, long posted) {
        /** Returns the delay in nanoseconds. */
        public long waited() {
            return posted - due;
        }
    }

    /** The options: {@code rate} in events per second, 0 for no limit; {@code max} is the maximum of events. */
    public record Plan(long max, double rate, int concurrency, BitSet skip) {}

    private static final int UNAUTHORIZED = 401;
    /** The time in which events in flight may still be answered after a stop. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);

    private final PayloadSource source;
    private final EventNaming naming;
    private final SendRoute client;
    private final Plan plan;
    private final Listener listener;
    private final SendClock clock;
    private final Pacer pacer;
    private final SendTally tally;
    private final Object reading = new Object();
    private final Object ending = new Object();
    private long taken;
    private int idle;
    private int busy;
    private @Nullable Exception failure;

    public SendRun(PayloadSource source, EventNaming naming, SendRoute client, Plan plan, Listener listener) {
        this(source, naming, client, plan, listener, SendClock.system());
    }

    SendRun(PayloadSource source, EventNaming naming, SendRoute client, Plan plan, Listener listener, SendClock clock) {
        this.source = requireNonNull(source, "source");
        this.naming = requireNonNull(naming, "naming");
        this.client = requireNonNull(client, "client");
        this.plan = requireNonNull(plan, "plan");
        this.listener = requireNonNull(listener, "listener");
        this.clock = requireNonNull(clock, "clock");
        this.pacer = new Pacer(clock, plan.rate());
        this.tally = new SendTally(clock);
    }

    /** An event and its moments. */
    private record Turn(OutgoingEvent event, long due) {}

    /**
     * Sends until the source ends, the maximum is reached, or the run is stopped. After a stop, events in flight have
     * two more seconds to be answered.
     */
    public SendSummary run() {
        // Daemon threads, because one may wait for standard input, which nothing interrupts.
        ExecutorService clients = Executors.newFixedThreadPool(plan.concurrency(), DaemonThreads.numbered("send"));
        try {
            for (int worker = 0; worker < plan.concurrency(); worker++) {
                clients.execute(this::work);
            }
            awaitEnd();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while sending");
        } finally {
            clock.stop();
            clients.shutdownNow();
        }
        synchronized (ending) {
            if (failure != null) {
                throw rethrown(failure);
            }
            return tally.summary();
        }
    }

    /** Stops taking events, so that {@link #run} returns soon. Thread-safe. */
    public void stop() {
        clock.stop();
        synchronized (ending) {
            ending.notifyAll();
        }
    }

    private void awaitEnd() throws InterruptedException {
        synchronized (ending) {
            while (!clock.stopped() && idle < plan.concurrency()) {
                ending.wait();
            }
            long end = System.nanoTime() + GRACE;
            long left = GRACE;
            while (busy > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(ending, left);
                left = end - System.nanoTime();
            }
        }
    }

    private static RuntimeException rethrown(Exception cause) {
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof IOException unreadable) {
            return new CliException("INPUT_UNREADABLE", ExitCode.FAILED, "cannot read the events")
                    .because(String.valueOf(unreadable.getMessage()), unreadable);
        }
        throw new IllegalStateException("a client of the sender failed", cause);
    }

    private void work() {
        Exception failed = null;
        try {
            for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
                OutgoingEvent event = next.get().event();
                Moment moment = new Moment(next.get().due(), clock.nanos());
                ended(event, client.submit(event, clock), moment);
            }
        } catch (InterruptedException abandoned) {
            // Not answered in time, so the outcome is unknown and the ledger has no entry.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException thrown) {
            // A stop interrupts a wait for input, which some streams report in this way.
            failed = clock.stopped() && thrown instanceof InterruptedIOException ? null : thrown;
            clock.stop();
        } finally {
            synchronized (ending) {
                idle++;
                failure = failure == null ? failed : failure;
                ending.notifyAll();
            }
        }
    }

    /** Takes the next event at its scheduled moment. */
    private Optional<Turn> next() throws IOException, InterruptedException {
        synchronized (reading) {
            while (!clock.stopped() && taken < plan.max()) {
                Optional<byte[]> payload = source.next();
                if (payload.isEmpty()) {
                    return Optional.empty();
                }
                taken++;
                if (taken < Integer.MAX_VALUE && plan.skip().get((int) taken)) {
                    tally.skipped();
                    continue;
                }
                Turn turn = new Turn(naming.name(payload.get(), taken), pacer.await());
                return begin() ? Optional.of(turn) : Optional.empty();
            }
            return Optional.empty();
        }
    }

    /** Returns false once no further event may start. */
    private boolean begin() {
        synchronized (ending) {
            if (clock.stopped()) {
                return false;
            }
            busy++;
            return true;
        }
    }

    private void ended(OutgoingEvent event, SendOutcome outcome, Moment moment) {
        synchronized (ending) {
            try {
                tally.ended(outcome);
                listener.ended(event, outcome, moment);
                checkUsable(outcome);
            } finally {
                busy--;
                ending.notifyAll();
            }
        }
    }

    private void checkUsable(SendOutcome outcome) {
        if (tally.nothingAnswered(plan.concurrency())) {
            throw unreachable(String.valueOf(outcome.error()));
        }
        if (outcome.status() == UNAUTHORIZED) {
            throw new CliException("UNAUTHORIZED", ExitCode.ENVIRONMENT, "the API rejects the credentials")
                    .because(String.valueOf(outcome.error()), null)
                    .hint("after a rotation of the secret, wait some seconds until the authorizer uses the new one");
        }
    }

    /** Returns the error for an API or a stream that answers no request at all. */
    public static CliException unreachable(String cause) {
        return new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "the API or stream does not answer")
                .because(cause, null)
                .hint("check the target: ingest-cli doctor");
    }

    /** Returns the summary so far. Thread-safe. */
    public SendSummary summary() {
        synchronized (ending) {
            return tally.summary();
        }
    }
}
