package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.JournalEvent.Dropped.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the events that did not enter by a stream: messages of queues, and what topics, rules and schedules invoke
 * functions for. Memory grows only with those that are not finished. Not thread-safe.
 */
final class MessageTracker {

    private final Consumer<EventTrace> finished;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** @param finished receives each finished event, in order */
    MessageTracker(Consumer<EventTrace> finished) {
        this.finished = requireNonNull(finished, "finished");
    }

    /** A message that is not finished. */
    private static final class Pending {
        private final Instant time;
        private final EventTrace.Carrier carrier;
        private int attempts;
        private boolean received;
        private @Nullable String error;

        Pending(Instant time, EventTrace.Carrier carrier) {
            this.time = time;
            this.carrier = carrier;
        }

        EventTrace trace(EventStatus status, @Nullable Instant end, @Nullable String reason) {
            Double millis =
                    end == null ? null : Math.max(0, Duration.between(time, end).toNanos() / 1e6);
            return new EventTrace(carrier.name(), status, time, millis, attempts, reason, carrier);
        }

        EventTrace pending() {
            return trace(received ? EventStatus.IN_FLIGHT : EventStatus.QUEUED, null, error);
        }
    }

    void queued(JournalEvent.Queued message, Instant at) {
        Pending known = pending.get(message.messageId());
        if (message.from() == null && known == null) {
            pending.put(message.messageId(), new Pending(at, carrier(message.queue(), message)));
        } else if (message.from() != null) {
            Pending dead = known != null ? known : new Pending(at, carrier(message.from(), message));
            pending.remove(message.messageId());
            String reason = "received too often from " + message.from();
            finished.accept(dead.trace(EventStatus.DEAD, at, dead.error == null ? reason : reason + ": " + dead.error));
        }
    }

    private static EventTrace.Carrier carrier(String queue, JournalEvent.Queued message) {
        return EventTrace.Carrier.message(queue, message.messageId(), message.bodyIds(), message.bytes());
    }

    void invoked(JournalEvent.Invoked call, Instant at) {
        String source = Arn.nameIn(call.source());
        boolean isQueue =
                Arn.tryParse(call.source()).map(Arn::service).orElse("").equals("sqs");
        for (String id : call.ids()) {
            String key = isQueue ? id : call.function() + ' ' + id;
            Pending message = pending.computeIfAbsent(
                    key,
                    missing -> new Pending(
                            at.minusNanos(call.result().micros() * 1_000),
                            EventTrace.Carrier.message(source, id, call.bodyIds(), 0)));
            message.received = true;
            message.attempts += call.result().outcome() == Outcome.NOT_INVOKED ? 0 : 1;
            if (call.isProcessed(id)) {
                pending.remove(key);
                finished.accept(message.trace(EventStatus.PROCESSED, at, null));
            } else if (call.result().error() != null) {
                message.error = call.result().error();
            }
        }
    }

    /** Ends the messages that left their queue without an invocation. */
    void dropped(JournalEvent.Dropped messages, Instant at) {
        boolean filtered = messages.cause() == Cause.FILTERED;
        String reason = messages.cause() == Cause.PURGED ? "purged from " + messages.queue() : null;
        pending.values().removeIf(message -> {
            EventTrace.Carrier carrier = message.carrier;
            boolean gone = messages.holds(String.valueOf(carrier.source()), String.valueOf(carrier.messageId()));
            if (gone) {
                finished.accept(message.trace(filtered ? EventStatus.FILTERED : EventStatus.EXPIRED, at, reason));
            }
            return gone;
        });
    }

    /** Returns the events that are not finished, oldest first. */
    Stream<EventTrace> pending() {
        return List.copyOf(pending.values()).stream().map(Pending::pending);
    }
}
