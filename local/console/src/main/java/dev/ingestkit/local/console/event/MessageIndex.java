package dev.ingestkit.local.console.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.JournalEvent.Dropped.Cause;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The states of events that did not enter by a stream: the messages of queues, and what topics, rules and schedules invoke
 * functions for. A message that a function sends is an event once a function reads its queue: the others are dead letters
 * of events that are known already. Not thread-safe.
 */
final class MessageIndex {

    private static final int MAX_PARKED = 10_000;

    private final Listener listener;
    private final Map<String, TrackedEvent> events = new HashMap<>();
    private final Map<String, MessageOrigin> parked = new LinkedHashMap<>();
    /** The queues that functions read, learned from their invocations. */
    private final Set<String> queues = new HashSet<>();

    private int inFlight;

    /** Receives the events that are new or have changed. */
    interface Listener {

        /** Adds an event. */
        void added(TrackedEvent event);

        /** Notes that an event has changed. */
        void changed(TrackedEvent event);
    }

    MessageIndex(Listener listener) {
        this.listener = requireNonNull(listener, "listener");
    }

    /** Returns the number of events in flight. */
    int inFlight() {
        return inFlight;
    }

    /** Returns the events of messages that are held. */
    Stream<TrackedEvent> of(List<String> messageIds) {
        return messageIds.stream().flatMap(id -> Stream.ofNullable(events.get(id)));
    }

    void queued(JournalEntry entry, JournalEvent.Queued message) {
        TrackedEvent known = events.get(message.messageId());
        if (message.from() != null) {
            dead(entry, message, message.from(), known);
        } else if (known == null) {
            MessageOrigin origin = MessageOrigin.queue(message.queue(), message.messageId(), message.bodyIds());
            add(entry, origin, message.bytes());
        }
    }

    /** Ends the life of a message that its queue's redrive policy has moved. */
    private void dead(JournalEntry entry, JournalEvent.Queued moved, String from, @Nullable TrackedEvent known) {
        MessageOrigin origin = MessageOrigin.queue(from, moved.messageId(), moved.bodyIds());
        TrackedEvent event = known != null ? known : add(entry, origin, moved.bytes());
        String error = event.reason();
        String reason = "received too often from " + from;
        change(
                event,
                () -> event.finish(
                        entry.number(), entry.at(), EventState.DEAD, error == null ? reason : reason + ": " + error));
    }

    void parked(JournalEntry entry, JournalEvent.Parked message) {
        MessageOrigin origin = MessageOrigin.queue(message.queue(), message.messageId(), message.bodyIds());
        if (queues.contains(message.queue())) {
            add(entry, origin, message.bytes());
        } else {
            parked.put(message.messageId(), origin);
            if (parked.size() > MAX_PARKED) {
                Iterator<String> oldest = parked.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    void invoked(JournalEntry entry, JournalEvent.Invoked call) {
        boolean isQueue =
                Arn.tryParse(call.source()).map(Arn::service).orElse("").equals("sqs");
        if (isQueue) {
            queues.add(Arn.nameIn(call.source()));
        }
        boolean mayAdd = true;
        for (String id : call.ids()) {
            TrackedEvent event = events.get(isQueue ? id : MessageOrigin.key(call.function(), id));
            if (event == null && mayAdd) {
                // An event is named by the number of an entry, so an entry adds one; a late one is rare.
                mayAdd = false;
                event = add(entry, origin(call, id, isQueue), 0);
            }
            if (event != null) {
                take(entry, call, id, isQueue, event);
            }
        }
    }

    /** Ends the life of messages that left their queue without an invocation. */
    void dropped(JournalEntry entry, JournalEvent.Dropped messages) {
        EventState state = messages.cause() == Cause.FILTERED ? EventState.FILTERED : EventState.EXPIRED;
        String reason = messages.cause() == Cause.PURGED ? "purged from " + messages.queue() : null;
        Stream<TrackedEvent> gone = messages.messageIds().isEmpty()
                ? List.copyOf(events.values()).stream()
                        .filter(event -> event.message != null && event.message.isFrom(messages.queue()))
                : of(messages.messageIds());
        gone.filter(event -> event.finishedAt() == null)
                .forEach(event -> change(event, () -> event.finish(entry.number(), entry.at(), state, reason)));
    }

    private void take(JournalEntry entry, JournalEvent.Invoked call, String id, boolean isQueue, TrackedEvent event) {
        change(event, () -> {
            if (call.result().outcome() != Outcome.NOT_INVOKED) {
                int attempt = isQueue ? event.attempts() + 1 : call.result().attempt();
                event.attempt(entry.number(), Arn.qualifiedNameIn(call.function()), attempt);
            }
            if (call.isProcessed(id)) {
                event.finish(entry.number(), entry.at(), EventState.PROCESSED, null);
            } else {
                event.returned(entry.number(), call.result().error(), call.requestId());
            }
        });
    }

    /** Returns the origin of an event whose arrival is not in the journal, or not yet known to be one. */
    private MessageOrigin origin(JournalEvent.Invoked call, String id, boolean isQueue) {
        MessageOrigin sent = isQueue ? parked.remove(id) : null;
        if (sent != null) {
            return sent;
        }
        return isQueue
                ? MessageOrigin.queue(Arn.nameIn(call.source()), id, call.bodyIds())
                : MessageOrigin.other(call.source(), call.function(), id, call.bodyIds());
    }

    private TrackedEvent add(JournalEntry entry, MessageOrigin origin, int bytes) {
        TrackedEvent event = TrackedEvent.message(entry.number(), entry.at(), origin, bytes);
        events.put(origin.key, event);
        listener.added(event);
        return event;
    }

    private void change(TrackedEvent event, Runnable change) {
        int before = event.isOpen() ? 1 : 0;
        change.run();
        inFlight += (event.isOpen() ? 1 : 0) - before;
        listener.changed(event);
    }

    /** Forgets an event that the list of events has dropped. */
    void dropped(TrackedEvent event, MessageOrigin origin) {
        inFlight -= event.isOpen() ? 1 : 0;
        events.remove(origin.key, event);
    }
}
