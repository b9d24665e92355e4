package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ingestkit.core.item.AttributeValue;
import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemDecoder;
import dev.ingestkit.core.item.ItemFormatException;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.item.StoredEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table in memory that checks expectations as DynamoDB checks conditions, and fails on request. */
final class MemoryTable implements EventTable {

    private final Map<String, TreeMap<Integer, Item>> items = new LinkedHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Function<TableWrite, WriteResult.Kind> fault = write -> WriteResult.Kind.WRITTEN;

    /** Sets the answer to the next writes; {@code WRITTEN} lets them through. */
    void answering(Function<TableWrite, WriteResult.Kind> answer) {
        fault = answer;
    }

    @Override
    public WriteResult write(TableWrite write) {
        calls.incrementAndGet();
        return switch (fault.apply(write)) {
            case FAILED -> new WriteResult.Failed("throttled");
            case REFUSED -> new WriteResult.Refused("the item is refused");
            case WRITTEN, UNEXPECTED -> apply(write);
        };
    }

    /** Inserts item by item; an item that is refused is left to {@link #write}, as by DynamoDB's statements. */
    @Override
    public List<WriteResult> insert(List<TableWrite> writes) {
        calls.incrementAndGet();
        return writes.stream().map(this::insert).toList();
    }

    private WriteResult insert(TableWrite write) {
        return switch (fault.apply(write)) {
            case FAILED -> new WriteResult.Failed("throttled");
            case REFUSED -> new WriteResult.Unexpected(null);
            case WRITTEN, UNEXPECTED ->
                apply(new TableWrite(write.eventId(), write.parts(), new Expectation.Absent(), 0));
        };
    }

    /** The number of calls so far, of one write or one insert each. */
    int calls() {
        return calls.get();
    }

    private synchronized WriteResult apply(TableWrite write) {
        TreeMap<Integer, Item> parts = items.computeIfAbsent(write.eventId(), id -> new TreeMap<>());
        Item first = parts.get(0);
        StoredHeader stored = first == null ? null : header(first);
        if (!met(write.expectation(), stored)) {
            return new WriteResult.Unexpected(stored);
        }
        for (int part = 0; part < write.parts().size(); part++) {
            parts.put(part, write.parts().get(part));
        }
        for (int part = write.parts().size(); part < write.storedParts(); part++) {
            parts.remove(part);
        }
        return new WriteResult.Written();
    }

    private static boolean met(Expectation expectation, @Nullable StoredHeader stored) {
        return switch (expectation.kind()) {
            case ABSENT -> stored == null;
            case ABSENT_OR_OLDER -> {
                Expectation.AbsentOrOlder older = (Expectation.AbsentOrOlder) expectation;
                yield stored == null
                        || (!stored.foreign()
                                && stored.version().compareTo(older.version()) < 0
                                && stored.parts() <= older.parts());
            }
            case EXACTLY -> stored != null && stored.version().equals(((Expectation.Exactly) expectation).version());
            case FOREIGN -> stored != null && stored.foreign();
        };
    }

    private static StoredHeader header(Item item) {
        Item description = item.map(ItemLayout.INGEST).orElse(new Item(Map.of()));
        return new StoredHeader(
                description.text(ItemLayout.VERSION).orElse(""),
                description.text(ItemLayout.SHA256).orElse(""),
                (int) description.integer(ItemLayout.PARTS).orElse(1),
                item.integer(ItemLayout.EXPIRES));
    }

    /** Puts an item as a program that is not the writer would. */
    synchronized void putForeign(String eventId) {
        TreeMap<Integer, Item> parts = new TreeMap<>();
        parts.put(0, new Item(Map.of("eventId", AttributeValue.of(eventId), "part", AttributeValue.of(0))));
        items.put(eventId, parts);
    }

    synchronized int parts(String eventId) {
        return items.getOrDefault(eventId, new TreeMap<>()).size();
    }

    /** The stored payloads by id. */
    synchronized Map<String, String> payloads() {
        Map<String, String> payloads = new TreeMap<>();
        items.forEach((id, parts) -> {
            if (!parts.isEmpty()) {
                payloads.put(id, new String(decoded(parts).payload(), UTF_8));
            }
        });
        return payloads;
    }

    private static StoredEvent decoded(Map<Integer, Item> parts) {
        try {
            return ItemDecoder.decode(parts.values());
        } catch (ItemFormatException e) {
            throw new AssertionError("the table holds a broken event", e);
        }
    }
}
