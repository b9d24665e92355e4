package dev.ingestkit.core.item;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The names of the attributes that the table reserves. An event's own fields are stored beside them under their own
 * names.
 *
 * <p>An event is one item or several: part 0 describes it, further parts hold chunks of a compressed payload.
 */
public final class ItemLayout {

    /** Partition key, text: the event's id. */
    public static final String EVENT_ID = "eventId";

    /** Sort key, number: 0 for the event itself, 1 and up for further chunks. */
    public static final String PART = "part";

    /** Map: the event's metadata. Part 0 has all of it, further parts only {@link #VERSION}. */
    public static final String INGEST = "_ingest";

    /** Number, epoch seconds: when DynamoDB may delete the item. Absent without a time to live. */
    public static final String EXPIRES = "_expires";

    /** Text: the time index's partition key, see {@link #dayKeys}. Only in part 0, only with a time index. */
    public static final String DAY = "_day";

    /** Text: the time index's sort key, the event's version. Only in part 0, only with a time index. */
    public static final String ARRIVED = "_arrived";

    /** Binary: the payload, or a chunk of it, unless the encoding is {@link PayloadEncoding#ATTRIBUTES}. */
    public static final String PAYLOAD = "_payload";

    /** In {@link #INGEST}, text: the event's version, see {@code EventVersion}. */
    public static final String VERSION = "version";

    /** In {@link #INGEST}, text: the payload's SHA-256 in hexadecimal. */
    public static final String SHA256 = "sha256";

    /** In {@link #INGEST}, number: how many items the event takes. */
    public static final String PARTS = "parts";

    static final String LAYOUT = "layout";
    static final int LAYOUT_VERSION = 1;
    static final String ARRIVED_AT = "arrivedAt";
    static final String SEQUENCE_NUMBER = "sequenceNumber";
    static final String SHARD = "shard";
    static final String SIZE = "size";
    static final String ENCODING = "encoding";
    static final String REASON = "reason";
    static final String ID_SOURCE = "idSource";
    static final String FIELDS = "fields";

    /** An event's fields with these names are stored in {@code _ingest.fields}. */
    static final Set<String> RESERVED = Set.of(EVENT_ID, PART, INGEST, EXPIRES, DAY, ARRIVED, PAYLOAD);

    private static final int BUCKETS_PER_DAY = 8;

    private ItemLayout() {}

    /**
     * Returns the time index's partition keys of one day (UTC): to read a day, query each. A day is spread over several
     * keys because an index throttles more than a thousand writes a second under one key, and then so does the table.
     */
    public static List<String> dayKeys(LocalDate day) {
        return IntStream.range(0, BUCKETS_PER_DAY)
                .mapToObj(bucket -> dayKey(day, bucket))
                .toList();
    }

    static String dayKey(Instant arrivedAt, String eventId) {
        int bucket = Math.floorMod(eventId.hashCode(), BUCKETS_PER_DAY);
        return dayKey(LocalDate.ofInstant(arrivedAt, ZoneOffset.UTC), bucket);
    }

    private static String dayKey(LocalDate day, int bucket) {
        return day + "#" + bucket;
    }
}
