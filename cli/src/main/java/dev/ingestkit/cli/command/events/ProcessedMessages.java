package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Dropped.Cause;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tells from the entries of one event whether each batch and each message with it was processed. Not thread-safe. */
final class ProcessedMessages {

    /** The key of the event's batches, of which the last one decides. */
    private static final String BATCH = "";

    private final Set<String> queues;
    private final Set<String> ids;
    private final Map<String, Boolean> processed = new HashMap<>();
    private final Set<String> dead = new HashSet<>();

    /**
     * Creates it without entries.
     *
     * @param queues the queues that functions read
     * @param ids the ids of the event's messages
     */
    ProcessedMessages(Set<String> queues, Set<String> ids) {
        this.queues = requireNonNull(queues, "queues");
        this.ids = requireNonNull(ids, "ids");
    }

    /** Takes the event's next entry. */
    void take(JournalEvent event) {
        if (event instanceof JournalEvent.Attempt attempt) {
            processed.put(BATCH, attempt.result().outcome() == JournalEvent.Attempt.Outcome.SUCCEEDED);
        } else if (event instanceof JournalEvent.Queued message) {
            queued(message);
        } else if (event instanceof JournalEvent.Dropped messages && messages.cause() == Cause.FILTERED) {
            messages.messageIds().stream().filter(ids::contains).forEach(id -> processed.put(id, true));
        } else if (event instanceof JournalEvent.Invoked call) {
            boolean named = call.ids().stream().anyMatch(ids::contains);
            call.ids().stream()
                    .filter(id -> !named || ids.contains(id))
                    .forEach(id -> processed.put(id, call.isProcessed(id)));
        }
    }

    private void queued(JournalEvent.Queued message) {
        if (message.from() != null) {
            processed.put(message.messageId(), false);
            dead.add(message.messageId());
        } else if (queues.contains(message.queue())) {
            processed.putIfAbsent(message.messageId(), false);
            dead.forEach(processed::remove);
            dead.clear();
        }
    }

    boolean all() {
        return !processed.isEmpty() && !processed.containsValue(false);
    }
}
