package dev.ingestkit.local.dynamodb;

import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the items that one request of a function stores, for the journal. The engine reports a write on the
 * request's own thread, so each thread collects for the request that it executes. Thread-safe.
 */
final class StoredItems implements TableListener {

    @SuppressWarnings("ThreadLocalUsage") // Per engine: one thread may serve several engines in a test.
    private final ThreadLocal<@Nullable List<ItemEvent>> current = new ThreadLocal<>();

    /** Runs a request and passes the items that it stored to the consumer of journal entries, if there are any. */
    <T> T collect(Supplier<T> request, List<ItemEvent> into) {
        current.set(into);
        try {
            return request.get();
        } finally {
            current.remove();
        }
    }

    @Override
    public void onWrite(ItemEvent event) {
        List<ItemEvent> items = current.get();
        if (items != null && event.outcome() == Outcome.STORED) {
            items.add(event);
        }
    }

    /**
     * Returns the journal entries of stored items, one for each key.
     *
     * @param partitionKey names the partition key of a table
     */
    static List<JournalEvent.Stored> entries(
            Origin origin, List<ItemEvent> items, Function<String, String> partitionKey) {
        List<JournalEvent.Stored> entries = new ArrayList<>(items.size());
        for (ItemEvent item : items) {
            Value key = item.key().get(partitionKey.apply(item.table()));
            entries.add(new JournalEvent.Stored(
                    origin.requestId(), origin.function(), item.table(), key == null ? "" : text(key)));
        }
        return entries.stream().distinct().toList();
    }

    private static String text(Value key) {
        ValueType type = key.type();
        return switch (type) {
            case S -> key.string();
            case N -> key.number().toString();
            case B -> Base64.getEncoder().encodeToString(key.binary());
            default -> throw new IllegalStateException("a key cannot have the type " + type);
        };
    }
}
