package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A stream in memory: shards, wake-up, resharding, and reads that fail on request. */
final class FakeStream implements StreamSource {

    static final String TABLE_ARN =
            "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000";

    static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/events";

    private static final long MAX_BYTES = 10L * 1024 * 1024;

    private static final class Log {
        private final Shard shard;
        private final List<StreamRecord> records = new ArrayList<>();
        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
        private boolean closed;

        private Log(Shard shard) {
            this.shard = shard;
        }
    }

    private final Clock clock;
    private final EventSourceKind kind;
    private final Map<String, Log> logs = new LinkedHashMap<>();
    private long nextSequence = 1;
    private int failingReads;
    int reads;

    FakeStream(Clock clock, int shards, EventSourceKind kind) {
        this.clock = clock;
        this.kind = kind;
        for (int index = 0; index < shards; index++) {
            add(shardId(index), null, null);
        }
    }

    static String arn(EventSourceKind kind) {
        return kind == EventSourceKind.KINESIS ? ARN : TABLE_ARN;
    }

    static String shardId(int index) {
        return "shardId-%012d".formatted(index);
    }

    /** Returns a shard's n-th sequence number, with 56 digits as Kinesis has them. */
    static SequenceNumber number(long count) {
        return SequenceNumber.parse("1%055d".formatted(count));
    }

    private void add(String id, @Nullable String parent, @Nullable String adjacent) {
        logs.put(id, new Log(new Shard(id, parent, adjacent, false)));
    }

    private Log log(String shardId) {
        return requireNonNull(logs.get(shardId), shardId);
    }

    synchronized void failReads(int count) {
        failingReads = count;
    }

    String put(String partitionKey, String data) {
        return put(0, partitionKey, data.getBytes(StandardCharsets.UTF_8));
    }

    String put(int shard, String partitionKey, byte[] data) {
        return put(shardId(shard), partitionKey, data, clock.instant());
    }

    String put(String shardId, String partitionKey, byte[] data, Instant arrival) {
        List<CompletableFuture<Void>> woken;
        SequenceNumber sequence;
        synchronized (this) {
            Log log = log(shardId);
            if (log.closed) {
                throw new IllegalStateException(shardId + " is closed");
            }
            sequence = number(nextSequence++);
            log.records.add(new StreamRecord(sequence, partitionKey, form(sequence.text(), data), arrival, null));
            woken = List.copyOf(log.waiting);
            log.waiting.clear();
        }
        woken.forEach(waiter -> waiter.complete(null));
        return sequence.toString();
    }

    /** Returns the data of a record; for DynamoDB the record as a function gets it, around an image that is JSON. */
    private byte[] form(String sequence, byte[] data) {
        return kind == EventSourceKind.KINESIS
                ? data
                : "{\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{\"NewImage\":%s,\"SequenceNumber\":\"%s\"}}"
                        .formatted(new String(data, StandardCharsets.UTF_8), sequence)
                        .getBytes(StandardCharsets.UTF_8);
    }

    /** Closes the parents and opens children: one parent for a split, two for a merge into one. */
    void reshard(List<Integer> parents, List<Integer> children) {
        List<CompletableFuture<Void>> woken = new ArrayList<>();
        synchronized (this) {
            String parent = shardId(parents.get(0));
            String adjacent = parents.size() > 1 ? shardId(parents.get(1)) : null;
            children.forEach(child -> add(shardId(child), parent, adjacent));
            for (int index : parents) {
                Log log = log(shardId(index));
                log.closed = true;
                woken.addAll(log.waiting);
                log.waiting.clear();
            }
        }
        woken.forEach(waiter -> waiter.complete(null));
    }

    @Override
    public String streamArn() {
        return arn(kind);
    }

    @Override
    public synchronized CompletionStage<List<Shard>> shards() {
        if (failingReads > 0) {
            failingReads--;
            return CompletableFuture.failedFuture(new IllegalStateException("listing fails on request"));
        }
        return CompletableFuture.completedFuture(
                logs.values().stream().map(log -> log.shard).toList());
    }

    @Override
    public synchronized CompletionStage<ShardReader> open(String shardId, Position position) {
        Log log = log(shardId);
        return CompletableFuture.completedFuture(new Reader(log, start(log, position)));
    }

    private static int start(Log log, Position position) {
        if (position instanceof Position.Latest) {
            return log.records.size();
        }
        for (int index = 0; index < log.records.size(); index++) {
            StreamRecord record = log.records.get(index);
            boolean here = position instanceof Position.TrimHorizon
                    || (position instanceof Position.AtTimestamp at
                            && !record.approximateArrival().isBefore(at.from()))
                    || (position instanceof Position.AtSequenceNumber at
                            && record.sequenceNumber().compareTo(at.sequenceNumber()) >= 0)
                    || (position instanceof Position.AfterSequenceNumber after
                            && record.sequenceNumber().compareTo(after.sequenceNumber()) > 0);
            if (here) {
                return index;
            }
        }
        return log.records.size();
    }

    private final class Reader implements ShardReader {
        private final Log log;
        private int next;
        private boolean open = true;

        private Reader(Log log, int next) {
            this.log = log;
            this.next = next;
        }

        @Override
        public CompletionStage<Records> read(int limit) {
            synchronized (FakeStream.this) {
                reads++;
                if (!open) {
                    throw new IllegalStateException("the reader is closed");
                }
                if (failingReads > 0) {
                    failingReads--;
                    return CompletableFuture.failedFuture(new IllegalStateException("reading fails on request"));
                }
                int end = next;
                long bytes = 0;
                while (end < log.records.size() && end - next < limit && bytes < MAX_BYTES) {
                    bytes += log.records.get(end++).data().length;
                }
                List<StreamRecord> records = List.copyOf(log.records.subList(next, end));
                next = end;
                return CompletableFuture.completedFuture(
                        new Records(records, log.closed && next == log.records.size(), 0));
            }
        }

        @Override
        public CompletionStage<Void> awaitRecords() {
            synchronized (FakeStream.this) {
                if (next < log.records.size() || log.closed) {
                    return CompletableFuture.completedFuture(null);
                }
                CompletableFuture<Void> waiter = new CompletableFuture<>();
                log.waiting.add(waiter);
                return waiter;
            }
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
