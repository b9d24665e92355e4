package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Records;
import dev.ingestkit.local.mapping.StreamSource.Shard;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.table.engine.StreamView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TableStreamSourceTest {

    private static final String LABEL = "2026-01-01T00:00:00.000";
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/" + LABEL;

    private final StoppedClock clock = new StoppedClock();
    private final Journal journal = new Journal(clock);
    private final TableEngine engine = TableEngine.inMemory(
            TableEngine.Settings.of("us-east-1", "000000000000").withClock(clock));
    private final TableStreamSource source = source();

    /** Stands still until it is moved. */
    private static final class StoppedClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T10:00:00.500Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private TableStreamSource source() {
        createTable();
        return new TableStreamSource(engine.stream(ARN).orElseThrow(), journal, clock, Runnable::run, ReadPace::none);
    }

    private void createTable() {
        call("CreateTable", """
            {"TableName":"orders","BillingMode":"PAY_PER_REQUEST",
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}\
            """);
        engine.openStream("orders", StreamView.NEW_IMAGE, LABEL);
    }

    private void call(String action, String body) {
        TableEngine.Answer answer =
                engine.execute("DynamoDB_20120810." + action, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    private void put(String id) {
        call("PutItem", "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"" + id + "\"}}}");
    }

    private ShardReader reader(Position position) {
        return source.open(shard().id(), position).toCompletableFuture().join();
    }

    private Shard shard() {
        return source.shards().toCompletableFuture().join().get(0);
    }

    private static List<String> ids(Records records) {
        return records.records().stream()
                .map(record -> new String(record.data(), StandardCharsets.UTF_8))
                .map(json -> json.replaceFirst(".*\"Keys\":\\{\"id\":\\{\"S\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static Records read(ShardReader reader, int limit) {
        return reader.read(limit).toCompletableFuture().join();
    }

    @Test
    void aRecordIsTheOneOfAFunctionsEvent() {
        put("a");
        StreamRecord record =
                read(reader(new Position.TrimHorizon()), 10).records().get(0);

        assertThat(new String(record.data(), StandardCharsets.UTF_8))
                .matches("\\{\"eventID\":\"[0-9a-f]{32}\",\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\","
                        + "\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"us-east-1\",\"dynamodb\":\\{"
                        + "\"ApproximateCreationDateTime\":1772359200,\"Keys\":\\{\"id\":\\{\"S\":\"a\"\\}\\},"
                        + "\"NewImage\":\\{\"id\":\\{\"S\":\"a\"\\}\\},\"SequenceNumber\":\"100000000000000000001\","
                        + "\"SizeBytes\":6,\"StreamViewType\":\"NEW_IMAGE\"\\},\"eventSourceARN\":\"" + ARN + "\"\\}");
        assertThat(record.approximateArrival()).isEqualTo(clock.instant());
        assertThat(source.streamArn()).isEqualTo(ARN);
    }

    @Test
    void positionsAreThoseOfAMapping() {
        put("a");
        put("b");
        ShardReader latest = reader(new Position.Latest());
        clock.now = clock.now.plusSeconds(60);
        Instant later = clock.now;
        put("c");
        ShardReader all = reader(new Position.TrimHorizon());
        assertThat(ids(read(all, 2))).containsExactly("a", "b");
        Records rest = read(all, 2);
        assertThat(ids(rest)).containsExactly("c");
        SequenceNumber last = rest.records().get(0).sequenceNumber();

        assertThat(ids(read(latest, 10))).containsExactly("c");
        assertThat(ids(read(reader(new Position.AtTimestamp(later)), 10))).containsExactly("c");
        assertThat(ids(read(reader(new Position.AtSequenceNumber(last)), 10))).containsExactly("c");
        assertThat(ids(read(reader(new Position.AfterSequenceNumber(last)), 10)))
                .isEmpty();
    }

    @Test
    void aWaitingReaderIsWokenByAChangeAndByTheEndOfTheStream() {
        ShardReader reader = reader(new Position.TrimHorizon());
        CompletableFuture<Void> change = reader.awaitRecords().toCompletableFuture();
        assertThat(change).isNotDone();
        put("a");
        assertThat(change).isDone();
        assertThat(ids(read(reader, 10))).containsExactly("a");

        CompletableFuture<Void> end = reader.awaitRecords().toCompletableFuture();
        assertThat(end).isNotDone();
        call("DeleteTable", "{\"TableName\":\"orders\"}");
        assertThat(end).isDone();
        assertThat(read(reader, 10).endOfShard()).isTrue();
        assertThat(shard().closed()).isTrue();
    }

    @Test
    void recordsOlderThanADayAreSkippedAndJournaled() {
        ShardReader reader = reader(new Position.TrimHorizon());
        put("a");
        put("b");
        clock.now = clock.now.plus(Duration.ofHours(25));
        put("c");
        assertThat(engine.sweep()).isZero();

        assertThat(ids(read(reader, 10))).containsExactly("c");
        assertThat(journal.after(0, 10))
                .extracting(entry -> entry.event())
                .containsExactly(new JournalEvent.Expired("orders", shard().id(), "100000000000000000002", 2));
    }

    @Test
    void aReopenedStreamContinuesBehindTheFormerOne() {
        put("a");
        SequenceNumber first =
                read(reader(new Position.TrimHorizon()), 10).records().get(0).sequenceNumber();
        call("DeleteTable", "{\"TableName\":\"orders\"}");
        clock.now = clock.now.plusSeconds(1);
        createTable();
        put("b");

        assertThat(ids(read(reader(new Position.TrimHorizon()), 10))).containsExactly("b");
        assertThat(ids(read(reader(new Position.AfterSequenceNumber(first)), 10)))
                .as("the position in the former stream hides nothing")
                .containsExactly("b");
    }

    @Test
    void anUnknownShardFails() {
        CompletableFuture<ShardReader> opened =
                source.open("shardId-1", new Position.Latest()).toCompletableFuture();
        assertThatThrownBy(opened::join).isInstanceOf(CompletionException.class).hasMessageContaining("shardId-1");
        assertThat(engine.stream(ARN.replace("orders", "others"))).isEmpty();
    }
}
