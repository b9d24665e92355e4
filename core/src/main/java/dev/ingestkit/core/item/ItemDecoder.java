package dev.ingestkit.core.item;

import static dev.ingestkit.core.item.ItemFormatException.Kind.CORRUPT;
import static dev.ingestkit.core.item.ItemFormatException.Kind.FOREIGN;
import static dev.ingestkit.core.item.ItemFormatException.Kind.TORN;
import static dev.ingestkit.core.item.ItemFormatException.Kind.UNKNOWN_LAYOUT;

import dev.ingestkit.core.event.EventId;
import dev.ingestkit.core.event.EventVersion;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.gzip.Gzip;
import dev.ingestkit.core.item.AttributeValue.BinaryValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reassembles an event from its items. Stateless. */
public final class ItemDecoder {

    private ItemDecoder() {}

    /**
     * Reassembles one event.
     *
     * <p>A query is not a transaction: while an event is being replaced, it may return parts of both versions. That is
     * reported as {@link ItemFormatException.Kind#TORN}; read again.
     *
     * @param items all items under one event id, in any order
     * @throws ItemFormatException if the items do not make up one event
     */
    public static StoredEvent decode(Collection<Item> items) throws ItemFormatException {
        Map<Long, Item> parts = new TreeMap<>();
        for (Item item : items) {
            parts.put(item.integer(ItemLayout.PART).orElseThrow(() -> lacking(ItemLayout.PART)), item);
        }
        Item first = parts.get(0L);
        if (first == null) {
            throw new ItemFormatException(TORN, "part 0 is missing among " + parts.size() + " parts");
        }
        String id = first.text(ItemLayout.EVENT_ID).orElseThrow(() -> lacking(ItemLayout.EVENT_ID));
        Item description = description(first);
        EventMetadata metadata = described(description);
        EventId eventId = new EventId(id, source(description));
        return new StoredEvent(eventId, metadata, payload(eventId, metadata, description, parts));
    }

    /**
     * Returns an event's metadata from part 0; no other part is needed.
     *
     * @throws ItemFormatException if the writer did not put the item
     */
    public static EventMetadata metadata(Item first) throws ItemFormatException {
        return described(description(first));
    }

    private static Item description(Item first) throws ItemFormatException {
        return first.map(ItemLayout.INGEST)
                .orElseThrow(() -> new ItemFormatException(
                        FOREIGN, "the item has no map " + ItemLayout.INGEST + ", so the writer did not put it"));
    }

    private static EventMetadata described(Item description) throws ItemFormatException {
        if (description.integer(ItemLayout.LAYOUT).orElse(-1) != ItemLayout.LAYOUT_VERSION) {
            throw new ItemFormatException(
                    UNKNOWN_LAYOUT,
                    "item layout " + Optional.ofNullable(description.get(ItemLayout.LAYOUT))
                            + " is unknown to this version, which reads layout " + ItemLayout.LAYOUT_VERSION);
        }
        return new EventMetadata(
                new EventVersion(text(description, ItemLayout.VERSION)),
                new StreamedRecord(
                        instant(text(description, ItemLayout.ARRIVED_AT)),
                        text(description, ItemLayout.SEQUENCE_NUMBER),
                        text(description, ItemLayout.SHARD)),
                new StoredPayload(
                        text(description, ItemLayout.SHA256),
                        integer(description, ItemLayout.SIZE),
                        PayloadEncoding.labeled(text(description, ItemLayout.ENCODING)),
                        integer(description, ItemLayout.PARTS),
                        reason(description)));
    }

    private static byte[] payload(EventId id, EventMetadata metadata, Item description, Map<Long, Item> parts)
            throws ItemFormatException {
        Item first = parts.getOrDefault(0L, description);
        StoredPayload stored = metadata.payload();
        return switch (stored.encoding()) {
            case ATTRIBUTES -> PayloadWriter.write(fields(id, first, description));
            case BINARY -> verified(binary(first), stored);
            case GZIP -> verified(expanded(joined(parts, metadata), stored), stored);
        };
    }

    private static Map<String, AttributeValue> fields(EventId id, Item first, Item description) {
        Map<String, AttributeValue> fields = new LinkedHashMap<>();
        if (id.source() == EventId.Source.BODY) {
            fields.put(ItemLayout.EVENT_ID, AttributeValue.of(id.value()));
        }
        first.attributes().forEach((name, value) -> {
            if (!ItemLayout.RESERVED.contains(name)) {
                fields.put(name, value);
            }
        });
        description.map(ItemLayout.FIELDS).ifPresent(kept -> fields.putAll(kept.attributes()));
        return fields;
    }

    private static byte[] joined(Map<Long, Item> parts, EventMetadata metadata) throws ItemFormatException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int count = metadata.payload().parts();
        for (long part = 0; part < count; part++) {
            Item item = parts.get(part);
            if (item == null) {
                throw new ItemFormatException(TORN, "part " + part + " of " + count + " is missing");
            }
            String version = item.map(ItemLayout.INGEST)
                    .flatMap(map -> map.text(ItemLayout.VERSION))
                    .orElse("");
            if (!version.equals(metadata.version().value())) {
                throw new ItemFormatException(
                        TORN,
                        "part " + part + " is of version '" + version + "', part 0 of '"
                                + metadata.version().value() + "'");
            }
            joined.writeBytes(binary(item));
        }
        return joined.toByteArray();
    }

    private static byte[] expanded(byte[] compressed, StoredPayload stored) throws ItemFormatException {
        try {
            return Gzip.expand(compressed, stored.size());
        } catch (IOException e) {
            throw new ItemFormatException(CORRUPT, "the compressed payload is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] verified(byte[] payload, StoredPayload stored) throws ItemFormatException {
        String actual = PayloadDigest.sha256(payload);
        if (!actual.equals(stored.sha256())) {
            throw new ItemFormatException(
                    CORRUPT, "the payload's SHA-256 is " + actual + ", not the stored " + stored.sha256());
        }
        return payload;
    }

    private static byte[] binary(Item item) throws ItemFormatException {
        if (item.get(ItemLayout.PAYLOAD) instanceof BinaryValue binary) {
            return binary.value();
        }
        throw lacking(ItemLayout.PAYLOAD);
    }

    private static EventId.Source source(Item description) throws ItemFormatException {
        String source = text(description, ItemLayout.ID_SOURCE);
        return switch (source) {
            case "body" -> EventId.Source.BODY;
            case "path" -> EventId.Source.PATH;
            default -> throw new ItemFormatException(CORRUPT, "unknown source of the event id: '" + source + "'");
        };
    }

    private static @Nullable BinaryReason reason(Item description) throws ItemFormatException {
        Optional<String> name = description.text(ItemLayout.REASON);
        if (name.isEmpty()) {
            return null;
        }
        try {
            return BinaryReason.valueOf(name.get());
        } catch (IllegalArgumentException e) {
            throw new ItemFormatException(UNKNOWN_LAYOUT, "unknown reason for binary storage: '" + name.get() + "'", e);
        }
    }

    private static Instant instant(String text) throws ItemFormatException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ItemFormatException(CORRUPT, "arrival time is not an ISO 8601 instant: '" + text + "'", e);
        }
    }

    private static String text(Item description, String name) throws ItemFormatException {
        return description.text(name).orElseThrow(() -> lacking(ItemLayout.INGEST + "." + name));
    }

    private static int integer(Item description, String name) throws ItemFormatException {
        return (int) description.integer(name).orElseThrow(() -> lacking(ItemLayout.INGEST + "." + name));
    }

    private static ItemFormatException lacking(String attribute) {
        return new ItemFormatException(CORRUPT, "the item lacks '" + attribute + "', or it has an unexpected type");
    }
}
