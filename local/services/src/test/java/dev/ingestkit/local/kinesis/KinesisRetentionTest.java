package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisRetentionTest {

    private static final String SHARD = "shardId-000000000000";

    private final KinesisCalls kinesis = new KinesisCalls();

    @AfterEach
    void close() {
        kinesis.close();
    }

    private List<String> all() {
        return KinesisCalls.texts(kinesis.records(kinesis.iterator("s", SHARD, "'TRIM_HORIZON'")));
    }

    @Test
    void recordsExpireAfterTheRetentionPeriod() {
        kinesis.createStream("s", 1);
        kinesis.put("s", "k", "old");
        kinesis.clock.advance(Duration.ofHours(23));
        kinesis.put("s", "k", "young");
        assertThat(all()).containsExactly("old", "young");

        kinesis.clock.advance(Duration.ofHours(1).plusSeconds(1));

        assertThat(all()).containsExactly("young");
    }

    @Test
    void longerRetentionKeepsRecordsThatShorterRetentionDrops() {
        kinesis.createStream("s", 1);
        retention("Increase", 48);
        kinesis.put("s", "k", "old");
        kinesis.clock.advance(Duration.ofHours(30));
        kinesis.put("s", "k", "young");
        assertThat(all()).containsExactly("old", "young");

        retention("Decrease", 24);

        assertThat(all()).containsExactly("young");
    }

    private void retention(String change, int hours) {
        kinesis.call(change + "StreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':%d}".formatted(hours));
    }

    @Test
    void retentionPeriodsHaveBounds() {
        kinesis.createStream("s", 1);
        retention("Increase", 48);

        assertInvalid(
                () -> retention("Increase", 24),
                "Requested retention period (24 hours) for stream s can not be shorter than existing retention period"
                        + " (48 hours). Use DecreaseRetentionPeriod API.");
        assertInvalid(
                () -> retention("Decrease", 72),
                "Requested retention period (72 hours) for stream s can not be longer than existing retention period"
                        + " (48 hours). Use IncreaseRetentionPeriod API.");
        assertInvalid(
                () -> retention("Decrease", 23),
                "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.");
        assertInvalid(
                () -> retention("Increase", 8761),
                "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("InvalidArgumentException"));
    }

    @Test
    void expiredSequenceNumbersReadFromTheOldestRecord() {
        kinesis.createStream("s", 1);
        String old = kinesis.put("s", "k", "old").path("SequenceNumber").asText();
        kinesis.clock.advance(Duration.ofHours(25));
        kinesis.put("s", "k", "young");

        assertThat(KinesisCalls.texts(kinesis.records(kinesis.iterator(
                        "s", SHARD, "'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'%s'".formatted(old)))))
                .containsExactly("young");
    }

    @Test
    void iteratorsExpireAfterFiveMinutes() {
        kinesis.createStream("s", 1);
        String iterator = kinesis.iterator("s", SHARD, "'TRIM_HORIZON'");
        kinesis.clock.advance(Duration.ofMinutes(5));
        kinesis.records(iterator);

        kinesis.clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> kinesis.records(iterator))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ExpiredIteratorException"))
                .hasMessage(
                        "Iterator expired. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right"
                                + " now it is Thu Jan 01 00:05:00 UTC 2026 which is further in the future than the"
                                + " tolerated delay of 300000 milliseconds.");
    }

    @Test
    void changedIteratorsAreRejected() {
        kinesis.createStream("s", 1);
        String iterator = kinesis.iterator("s", SHARD, "'TRIM_HORIZON'");
        char[] changed = iterator.toCharArray();
        changed[40] = changed[40] == 'A' ? 'B' : 'A';

        assertThatThrownBy(() -> kinesis.records(new String(changed))).hasMessage("Invalid ShardIterator.");
        assertThatThrownBy(() -> kinesis.records("AAAA")).hasMessage("Invalid ShardIterator.");
        assertThatThrownBy(() -> kinesis.records("not base64 at all!")).hasMessage("Invalid ShardIterator.");
    }

    @Test
    void iteratorsOfADeletedStreamDoNotReadItsNamesake() {
        kinesis.createStream("s", 1);
        String iterator = kinesis.iterator("s", SHARD, "'TRIM_HORIZON'");
        kinesis.call("DeleteStream", "{'StreamName':'s'}");
        kinesis.createStream("s", 1);

        assertThatThrownBy(() -> kinesis.records(iterator))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ResourceNotFoundException"));
    }

    @Test
    void closedShardsExpireWithTheirLastRecord() {
        kinesis.createStream("s", 2);
        kinesis.call(
                "MergeShards",
                "{'StreamName':'s','ShardToMerge':'shardId-000000000000','AdjacentShardToMerge':'shardId-000000000001'}");
        kinesis.clock.advance(Duration.ofHours(23));
        kinesis.service.expire();
        assertThat(kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards"))
                .hasSize(3);

        kinesis.clock.advance(Duration.ofHours(2));
        kinesis.service.expire();

        assertThat(kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards"))
                .hasSize(1);
        assertThat(kinesis.service.stream("s").orElseThrow().shards())
                .containsExactly(new StreamHandle.ShardInfo(new ShardId(2), null, null, false));
    }

    @Test
    void memoryLimitDropsTheOldestRecordsAndJournalsIt() {
        try (KinesisCalls small = new KinesisCalls(options -> options.withMaxRetainedBytes(3 << 20), Faults.NONE)) {
            small.createStream("s", 2);
            for (int at = 0; at < 20; at++) {
                small.put("s", "key" + at, "x".repeat(400_000));
                small.clock.advance(Duration.ofSeconds(1));
            }

            long expired = small.journal.after(0, 1000).stream()
                    .map(JournalEntry::event)
                    .filter(JournalEvent.Expired.class::isInstance)
                    .mapToLong(event -> ((JournalEvent.Expired) event).records())
                    .sum();
            long kept = 0;
            for (String shard : List.of("shardId-000000000000", "shardId-000000000001")) {
                kept += small.records(small.iterator("s", shard, "'TRIM_HORIZON'"))
                        .path("Records")
                        .size();
            }
            assertThat(expired).isPositive();
            assertThat(kept).isBetween(1L, 7L);
            assertThat(kept + expired).isEqualTo(20);
        }
    }

    @Test
    void unprocessedRecordsAreKeptAndPutsRejectedInstead() {
        try (KinesisCalls small = new KinesisCalls(options -> options.withMaxRetainedBytes(3 << 20), Faults.NONE)) {
            small.createStream("s", 1);
            StreamHandle stream = small.service.stream("s").orElseThrow();
            try (RetentionHold mapping = stream.retain(new IteratorPosition.TrimHorizon())) {
                List<String> numbers = putUntilRejected(small);

                assertThat(retained(small)).isEqualTo(numbers.size());
                mapping.processed(new ShardId(0), SequenceNumber.parse(numbers.get(numbers.size() - 2)));
                small.put("s", "k", "fits again");
                assertThat(retained(small)).isBetween(2, numbers.size());
            }
            // No mapping needs them now: the oldest are dropped, as without a mapping.
            for (int at = 0; at < 20; at++) {
                large(small);
            }
        }
    }

    private static List<String> putUntilRejected(KinesisCalls kinesis) {
        List<String> numbers = new ArrayList<>();
        while (numbers.size() < 20) {
            try {
                numbers.add(large(kinesis));
            } catch (ServiceException rejected) {
                assertThat(rejected.code()).isEqualTo("ProvisionedThroughputExceededException");
                assertThat(rejected).hasMessageContaining("still have to be processed by an event source mapping");
                return numbers;
            }
        }
        throw new AssertionError("3 MiB accepted 20 records of 400,000 bytes");
    }

    private static String large(KinesisCalls kinesis) {
        kinesis.clock.advance(Duration.ofSeconds(1));
        return kinesis.put("s", "k", "x".repeat(400_000)).path("SequenceNumber").asText();
    }

    private static int retained(KinesisCalls kinesis) {
        kinesis.clock.advance(Duration.ofSeconds(10)); // the shard's read quota
        return kinesis.records(kinesis.iterator("s", SHARD, "'TRIM_HORIZON'"))
                .path("Records")
                .size();
    }

    @Test
    void shardsThatAMappingHasNotReachedAreKept() {
        try (KinesisCalls small = new KinesisCalls(options -> options.withMaxRetainedBytes(3 << 20), Faults.NONE)) {
            small.createStream("s", 1);
            try (RetentionHold mapping =
                    small.service.stream("s").orElseThrow().retain(new IteratorPosition.Latest())) {
                mapping.processedAll(new ShardId(0));
                small.call(
                        "SplitShard",
                        "{'StreamName':'s','ShardToSplit':'%s','NewStartingHashKey':'170141183460469231731687303715884105728'}"
                                .formatted(SHARD));

                assertThat(putUntilRejected(small)).hasSizeBetween(5, 8);
            }
        }
    }

    @Test
    void slowReadersSeeTheNumberOfExpiredRecords() {
        kinesis.createStream("s", 1);
        try (ShardCursor cursor =
                kinesis.service.stream("s").orElseThrow().open(new ShardId(0), new IteratorPosition.TrimHorizon())) {
            kinesis.put("s", "k", "one");
            String two = kinesis.put("s", "k", "two").path("SequenceNumber").asText();
            kinesis.clock.advance(Duration.ofHours(25));
            kinesis.put("s", "k", "three");

            ShardCursor.CursorRead read = cursor.read(10);

            assertThat(read.expired()).isEqualTo(new ShardCursor.Expired(2, SequenceNumber.parse(two)));
            assertThat(read.records()).hasSize(1);
        }
    }
}
