package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.core.event.EventVersion;
import dev.ingestkit.core.item.ItemLayout;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The table's index by arrival, if the stack was deployed with {@code TimeIndex=true}: finds the newest events without
 * reading the table. An index is eventually consistent, so an event of the last moment may be missing. Not thread-safe.
 */
public final class TimeIndex {

    /** The reach of the index; each day takes several queries, so an earlier start reads the table instead. */
    public static final Duration REACH = Duration.ofDays(31);

    private static final String NAME = "by-time";
    /** The tolerance for clocks that differ: an event may have arrived a moment after now. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int PAGE = 50;
    private static final int AT_ONCE = 50;
    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::arrived).reversed();

    private final DynamoDbClient dynamoDb;
    private final String table;

    private TimeIndex(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    private record Entry(String id, String arrived) {}

    /** The entries of one partition, newest first, and the next of them. */
    private record Bucket(Entry head, Iterator<Map<String, AttributeValue>> rest) {}

    /** Returns the table's index; empty if there is none or it is still being built. */
    public static Optional<TimeIndex> of(AwsClients clients, String table) {
        DynamoDbClient dynamoDb = requireNonNull(clients, "clients").dynamoDb();
        try {
            return dynamoDb.describeTable(request -> request.tableName(table)).table().globalSecondaryIndexes().stream()
                    .filter(index -> index.indexName().equals(NAME) && index.indexStatus() == IndexStatus.ACTIVE)
                    .findFirst()
                    .map(index -> new TimeIndex(dynamoDb, table));
        } catch (SdkException refused) {
            throw SdkFailures.of("TABLE", "the table '" + table + "'", refused);
        }
    }

    /**
     * Visits the events that arrived in a period, newest first.
     *
     * @param since at most {@link #REACH} before {@code now}
     * @param visitor returns false to stop
     */
    public void visit(Instant since, Instant now, Predicate<EventSummary> visitor) {
        Instant until = now.plus(SKEW);
        LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
        try {
            boolean goOn = true;
            for (LocalDate day = LocalDate.ofInstant(until, ZoneOffset.UTC);
                    goOn && !day.isBefore(first);
                    day = day.minusDays(1)) {
                goOn = visit(day, since, visitor);
            }
        } catch (SdkException refused) {
            throw SdkFailures.of("TABLE", "the table '" + table + "'", refused);
        }
    }

    private boolean visit(LocalDate day, Instant since, Predicate<EventSummary> visitor) {
        PriorityQueue<Bucket> buckets = new PriorityQueue<>(Comparator.comparing(Bucket::head, NEWEST_FIRST));
        for (String key : ItemLayout.dayKeys(day)) {
            next(query(key, since)).ifPresent(buckets::add);
        }
        List<String> ids = new ArrayList<>(AT_ONCE);
        for (Bucket newest = buckets.poll(); newest != null; newest = buckets.poll()) {
            ids.add(newest.head().id());
            if (ids.size() == AT_ONCE) {
                if (!show(ids, visitor)) {
                    return false;
                }
                ids.clear();
            }
            next(newest.rest()).ifPresent(buckets::add);
        }
        return ids.isEmpty() || show(ids, visitor);
    }

    private static Optional<Bucket> next(Iterator<Map<String, AttributeValue>> entries) {
        if (!entries.hasNext()) {
            return Optional.empty();
        }
        Map<String, AttributeValue> entry = entries.next();
        return Optional.of(new Bucket(
                new Entry(
                        requireNonNull(entry.get(ItemLayout.EVENT_ID), ItemLayout.EVENT_ID)
                                .s(),
                        requireNonNull(entry.get(ItemLayout.ARRIVED), ItemLayout.ARRIVED)
                                .s()),
                entries));
    }

    /** Returns the entries; pages are fetched on demand. */
    private Iterator<Map<String, AttributeValue>> query(String key, Instant since) {
        return dynamoDb.queryPaginator(QueryRequest.builder()
                        .tableName(table)
                        .indexName(NAME)
                        .scanIndexForward(false)
                        .limit(PAGE)
                        .keyConditionExpression("#day = :day AND #arrived >= :since")
                        .expressionAttributeNames(Map.of("#day", ItemLayout.DAY, "#arrived", ItemLayout.ARRIVED))
                        .expressionAttributeValues(Map.of(
                                ":day", AttributeValue.fromS(key),
                                ":since",
                                        AttributeValue.fromS(
                                                EventVersion.of(since, "0").value())))
                        .build())
                .items()
                .iterator();
    }

    /** Reads the rest of the events from the table, except those deleted meanwhile. */
    private boolean show(List<String> ids, Predicate<EventSummary> visitor) {
        Map<String, EventSummary> events = new HashMap<>();
        Map<String, KeysAndAttributes> wanted = Map.of(table, keys(ids));
        while (!wanted.isEmpty()) {
            var answer = dynamoDb.batchGetItem(
                    BatchGetItemRequest.builder().requestItems(wanted).build());
            answer.responses().getOrDefault(table, List.of()).stream()
                    .flatMap(item -> EventList.summary(Items.of(item)).stream())
                    .forEach(event -> events.put(event.id(), event));
            wanted = answer.unprocessedKeys();
        }
        for (String id : ids) {
            EventSummary event = events.get(id);
            if (event != null && !visitor.test(event)) {
                return false;
            }
        }
        return true;
    }

    private static KeysAndAttributes keys(List<String> ids) {
        return KeysAndAttributes.builder()
                .keys(ids.stream()
                        .map(id -> Map.of(
                                ItemLayout.EVENT_ID, AttributeValue.fromS(id),
                                ItemLayout.PART, AttributeValue.fromN("0")))
                        .toList())
                .projectionExpression(Items.SUMMARY)
                .expressionAttributeNames(Items.SUMMARY_NAMES)
                .build();
    }
}
