package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.item.Item;
import dev.ingestkit.local.events.DaemonThreads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * One scan of a table, with several segments in parallel. Memory is bounded: pages are small and hold no payloads, and
 * only a few wait for the visitor. Runs once, in the calling thread; its own threads stop with it.
 */
public final class TableScan {

    private static final int SEGMENTS = 4;
    private static final int PAGE = 500;

    /**
     * The options of a scan.
     *
     * @param consistent whether to read strongly consistently, at twice the price
     * @param maxItems the maximum of items to read
     */
    public record Plan(boolean consistent, long maxItems) {

        /** Reads the whole table strongly consistently. */
        public static final Plan CONSISTENT = new Plan(true, Long.MAX_VALUE);
    }

    /** A page of a segment, its end, or its failure. */
    private record Page(
            List<Map<String, AttributeValue>> items,
            boolean last,
            @Nullable RuntimeException failure) {}

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Plan plan;
    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(SEGMENTS);
    private final AtomicLong read = new AtomicLong();
    private volatile boolean enough;

    TableScan(DynamoDbClient dynamoDb, String table, Plan plan) {
        this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb");
        this.table = requireNonNull(table, "table");
        this.plan = requireNonNull(plan, "plan");
    }

    /** Scans the table; returns the number of items read. */
    long run(Predicate<Item> visitor) {
        // A few items are read by one segment: several segments would each read some.
        int segments = plan.maxItems() < PAGE ? 1 : SEGMENTS;
        ExecutorService readers = Executors.newFixedThreadPool(segments, DaemonThreads.numbered("scan"));
        try {
            for (int segment = 0; segment < segments; segment++) {
                int number = segment;
                readers.execute(() -> segment(number, segments));
            }
            visit(visitor, segments);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SdkException.create("interrupted while scanning " + table, interrupted);
        } finally {
            enough = true;
            readers.shutdownNow();
        }
        return read.get();
    }

    private void visit(Predicate<Item> visitor, int segments) throws InterruptedException {
        for (int running = segments; running > 0; ) {
            Page page = pages.take();
            if (page.failure() != null) {
                throw page.failure();
            }
            for (Map<String, AttributeValue> item : page.items()) {
                if (!visitor.test(Items.of(item))) {
                    return;
                }
            }
            running -= page.last() ? 1 : 0;
        }
    }

    private void segment(int number, int segments) {
        try {
            try {
                read(number, segments);
            } catch (RuntimeException failed) {
                if (!enough) {
                    pages.put(new Page(List.of(), true, failed));
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt(); // the visitor has seen enough
        }
    }

    private void read(int number, int segments) throws InterruptedException {
        Map<String, AttributeValue> from = Map.of();
        boolean last = false;
        while (!last && !enough) {
            int size = allotted();
            if (size == 0) {
                pages.put(new Page(List.of(), true, null));
                return;
            }
            ScanResponse page = dynamoDb.scan(request(number, segments, from, size));
            read.addAndGet(page.scannedCount() - size);
            from = page.lastEvaluatedKey();
            last = from.isEmpty();
            pages.put(new Page(page.items(), last, null));
        }
    }

    /** Takes a page's share of the remaining items; the page returns the unused part. */
    private int allotted() {
        long before = read.getAndUpdate(sum -> Math.min(plan.maxItems(), sum + PAGE));
        return (int) Math.min(PAGE, plan.maxItems() - before);
    }

    private ScanRequest request(int segment, int segments, Map<String, AttributeValue> from, int size) {
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(table)
                .consistentRead(plan.consistent())
                .limit(size)
                .projectionExpression(Items.SUMMARY)
                .filterExpression("#part = :first")
                .expressionAttributeNames(Items.SUMMARY_NAMES)
                .expressionAttributeValues(Map.of(":first", AttributeValue.fromN("0")));
        if (segments > 1) {
            request.segment(segment).totalSegments(segments);
        }
        if (!from.isEmpty()) {
            request.exclusiveStartKey(from);
        }
        return request.build();
    }
}
