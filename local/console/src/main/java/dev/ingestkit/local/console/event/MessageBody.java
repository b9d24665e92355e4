package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecentFailures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the body of a message: in the queue that holds it, otherwise in the event of an invocation that failed. */
final class MessageBody {

    private final EventFeed.Lookup lookup;
    private final MessageOrigin message;

    MessageBody(EventFeed.Lookup lookup, MessageOrigin message) {
        this.lookup = lookup;
        this.message = message;
    }

    /**
     * Writes {@code body}, and {@code heldBy} with the queue that holds it; nothing if it is not known any more.
     *
     * @param history the message's entries, oldest first
     * @param invocations the requests whose failures may hold it
     */
    void write(ObjectNode json, List<JournalEntry> history, Set<String> invocations, RecentFailures failures) {
        for (String queue : queues(history)) {
            Optional<String> held = lookup.message(queue, message.messageId);
            if (held.isPresent()) {
                json.put("body", held.get()).put("heldBy", queue);
                return;
            }
        }
        failures.all().stream()
                .filter(failure -> invocations.contains(failure.requestId()))
                .flatMap(failure -> Stream.ofNullable(body(failure.event())))
                .reduce((first, second) -> second)
                .ifPresent(body -> json.put("body", body));
    }

    /** Returns the queues that the message was in, the last one first. */
    private List<String> queues(List<JournalEntry> history) {
        List<String> queues = new ArrayList<>();
        for (JournalEntry entry : history) {
            if (entry.event() instanceof JournalEvent.Queued queued) {
                queues.add(0, queued.queue());
            }
        }
        if (queues.isEmpty() && message.isQueue) {
            queues.add(message.source);
        }
        return queues;
    }

    private @Nullable String body(byte[] event) {
        return message.isQueue
                ? KnownBodies.in(event).get(message.messageId)
                : new String(event, StandardCharsets.UTF_8);
    }
}
