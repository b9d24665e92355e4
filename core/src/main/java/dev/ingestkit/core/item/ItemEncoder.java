package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.deadletter.ReasonCode;
import dev.ingestkit.core.event.EventId;
import dev.ingestkit.core.event.EventVersion;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.gzip.Gzip;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.AttributeValue.NumberValue;
import dev.ingestkit.core.item.AttributeValue.StringValue;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.Encoding.Unstorable;
import dev.ingestkit.core.item.PayloadParser.Parsed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes an event as items. Thread-safe.
 *
 * <p>The first of these encodings that holds the event without loss is used: attributes, one binary attribute, gzip in
 * one or more parts. Any JSON text that a stream accepts by default (1 MiB) can be stored.
 */
public final class ItemEncoder {

    /** Leaves room within 400 KB for a key of 2 KB and the metadata. */
    static final int CHUNK_BYTES = 350 * 1024;

    /** A transaction writes at most 4 MB. */
    static final int MAX_PARTS = 11;

    private final ItemOptions options;

    /** Creates an encoder for a table with {@code options}. */
    public ItemEncoder(ItemOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Encodes the payload of one record. The result refers to {@code payload}, which must not be changed afterwards.
     *
     * @throws IllegalArgumentException if the origin's arrival time or sequence number cannot be a version
     */
    public Encoding encode(byte[] payload, RecordOrigin origin) {
        Parsed parsed;
        try {
            parsed = PayloadParser.parse(payload);
        } catch (NotJsonException e) {
            return new Unstorable(ReasonCode.NOT_JSON, String.valueOf(e.getMessage()), null);
        }
        EventId id = idOf(parsed, origin);
        if (!Utf8.canEncode(id.value()) || Utf8.length(id.value()) > EventId.MAX_BYTES) {
            return new Unstorable(
                    ReasonCode.EVENT_ID_INVALID,
                    "the event id must be valid Unicode of at most " + EventId.MAX_BYTES + " bytes in UTF-8, but has "
                            + Utf8.length(id.value()),
                    null);
        }
        return encode(payload, parsed, new Draft(id, origin, payload.length, PayloadDigest.sha256(payload)));
    }

    private static EventId idOf(Parsed parsed, RecordOrigin origin) {
        AttributeValue id = parsed.fields().get(ItemLayout.EVENT_ID);
        if (id instanceof StringValue text && !text.value().isEmpty()) {
            return new EventId(text.value(), EventId.Source.BODY);
        }
        if (id instanceof NumberValue number) {
            return new EventId(number.value(), EventId.Source.BODY);
        }
        return new EventId(origin.partitionKey(), EventId.Source.PATH);
    }

    private Encoding encode(byte[] payload, Parsed parsed, Draft draft) {
        BinaryReason reason = parsed.reason();
        if (reason == null) {
            Item item = attributes(parsed.fields(), draft);
            if (item.size() <= ItemSize.MAX_BYTES) {
                return draft.encoded(List.of(item));
            }
            reason = BinaryReason.SIZE;
        }
        Item binary = payloadItem(draft, PayloadEncoding.BINARY, reason, payload);
        return binary.size() <= ItemSize.MAX_BYTES
                ? draft.encoded(List.of(binary))
                : compressed(Gzip.compress(payload), draft, reason);
    }

    private Item attributes(Map<String, AttributeValue> fields, Draft draft) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>();
        Map<String, AttributeValue> item = item(draft, 0);
        fields.forEach((name, value) -> {
            if (!ItemLayout.RESERVED.contains(name)) {
                item.put(name, value);
            } else if (!isKey(name, value, draft.id())) {
                kept.put(name, value);
            }
        });
        Map<String, AttributeValue> description = description(draft, PayloadEncoding.ATTRIBUTES, 1);
        if (!kept.isEmpty()) {
            description.put(ItemLayout.FIELDS, new MapValue(kept));
        }
        item.put(ItemLayout.INGEST, new MapValue(description));
        return new Item(item);
    }

    /** Returns whether the field can be restored from the key, so that it need not be stored. */
    private static boolean isKey(String name, AttributeValue value, EventId id) {
        return name.equals(ItemLayout.EVENT_ID)
                && value instanceof StringValue text
                && id.source() == EventId.Source.BODY
                && text.value().equals(id.value());
    }

    private Encoding compressed(byte[] compressed, Draft draft, BinaryReason reason) {
        int parts = Math.max(1, (compressed.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
        if (parts > MAX_PARTS) {
            return new Unstorable(
                    ReasonCode.TOO_LARGE,
                    "compressed, the payload has " + compressed.length + " bytes; one transaction holds at most "
                            + MAX_PARTS * CHUNK_BYTES,
                    draft.id().value());
        }
        List<Item> items = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            byte[] chunk = Arrays.copyOfRange(
                    compressed, part * CHUNK_BYTES, Math.min(compressed.length, (part + 1) * CHUNK_BYTES));
            items.add(part == 0 ? firstChunk(draft, reason, parts, chunk) : furtherChunk(draft, part, chunk));
        }
        return draft.encoded(items);
    }

    private Item firstChunk(Draft draft, BinaryReason reason, int parts, byte[] chunk) {
        Map<String, AttributeValue> description = description(draft, PayloadEncoding.GZIP, parts);
        description.put(ItemLayout.REASON, AttributeValue.of(reason.name()));
        return payloadItem(item(draft, 0), description, chunk);
    }

    private Item furtherChunk(Draft draft, int part, byte[] chunk) {
        Map<String, AttributeValue> description = new LinkedHashMap<>();
        description.put(ItemLayout.VERSION, AttributeValue.of(draft.version().value()));
        return payloadItem(item(draft, part), description, chunk);
    }

    private Item payloadItem(Draft draft, PayloadEncoding encoding, BinaryReason reason, byte[] payload) {
        Map<String, AttributeValue> description = description(draft, encoding, 1);
        description.put(ItemLayout.REASON, AttributeValue.of(reason.name()));
        return payloadItem(item(draft, 0), description, payload);
    }

    private static Item payloadItem(
            Map<String, AttributeValue> item, Map<String, AttributeValue> description, byte[] payload) {
        item.put(ItemLayout.INGEST, new MapValue(description));
        item.put(ItemLayout.PAYLOAD, AttributeValue.of(payload));
        return new Item(item);
    }

    private Map<String, AttributeValue> item(Draft draft, int part) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put(ItemLayout.EVENT_ID, AttributeValue.of(draft.id().value()));
        item.put(ItemLayout.PART, AttributeValue.of(part));
        if (options.ttlDays() > 0) {
            item.put(
                    ItemLayout.EXPIRES,
                    AttributeValue.of(draft.origin()
                            .arrivedAt()
                            .plus(Duration.ofDays(options.ttlDays()))
                            .getEpochSecond()));
        }
        if (options.timeIndex() && part == 0) {
            item.put(
                    ItemLayout.DAY,
                    AttributeValue.of(ItemLayout.dayKey(
                            draft.origin().arrivedAt(), draft.id().value())));
            item.put(ItemLayout.ARRIVED, AttributeValue.of(draft.version().value()));
        }
        return item;
    }

    private static Map<String, AttributeValue> description(Draft draft, PayloadEncoding encoding, int parts) {
        Map<String, AttributeValue> description = new LinkedHashMap<>();
        description.put(ItemLayout.LAYOUT, AttributeValue.of(ItemLayout.LAYOUT_VERSION));
        description.put(ItemLayout.VERSION, AttributeValue.of(draft.version().value()));
        description.put(
                ItemLayout.ARRIVED_AT,
                AttributeValue.of(draft.origin().arrivedAt().toString()));
        description.put(
                ItemLayout.SEQUENCE_NUMBER, AttributeValue.of(draft.origin().sequenceNumber()));
        description.put(ItemLayout.SHARD, AttributeValue.of(draft.origin().shard()));
        description.put(ItemLayout.SHA256, AttributeValue.of(draft.sha256()));
        description.put(ItemLayout.SIZE, AttributeValue.of(draft.size()));
        description.put(ItemLayout.ENCODING, AttributeValue.of(encoding.label()));
        description.put(ItemLayout.PARTS, AttributeValue.of(parts));
        description.put(
                ItemLayout.ID_SOURCE, AttributeValue.of(draft.id().source() == EventId.Source.BODY ? "body" : "path"));
        return description;
    }

    /** The attributes that all parts of one event share. */
    private record Draft(EventId id, RecordOrigin origin, int size, String sha256, EventVersion version) {

        Draft(EventId id, RecordOrigin origin, int size, String sha256) {
            this(id, origin, size, sha256, origin.version());
        }

        Encoded encoded(List<Item> parts) {
            return new Encoded(id, version, sha256, parts);
        }
    }
}
