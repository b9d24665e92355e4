package dev.ingestkit.local.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads a stream behind a server with scripted answers. */
final class RemoteStreamSourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/events";

    private final Deque<HttpResponse> answers = new ArrayDeque<>();
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.start(HttpServerConfig.loopback(0), this::answer);
    private final AwsClient client = new AwsClient(
            URI.create("http://localhost:" + server.port()),
            "us-east-1",
            Clock.systemUTC(),
            Backoff.equalJitter(Duration.ofMillis(1), Duration.ofMillis(2)),
            new SplittableRandom(1));
    private final Journal journal = new Journal(Clock.systemUTC());
    private final RemoteStreamSource source =
            new RemoteStreamSource(client, ARN, Clock.systemUTC(), new RecordsRead(journal), Duration.ofMillis(1));

    @AfterEach
    void stop() {
        server.close();
    }

    private synchronized CompletionStage<HttpResponse> answer(HttpRequest request) {
        try {
            calls.add(JSON.readTree(request.body()));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
        return CompletableFuture.completedFuture(answers.removeFirst());
    }

    private synchronized void willAnswer(int status, String json) {
        answers.add(HttpResponse.of(
                status, "application/x-amz-json-1.1", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private ShardReader opened(Position position) {
        willAnswer(200, "{'ShardIterator':'first'}");
        return result(source.open("shardId-0", position));
    }

    private static String page(String next, String... sequenceNumbers) {
        StringBuilder records = new StringBuilder();
        for (String number : sequenceNumbers) {
            records.append(records.isEmpty() ? "" : ",")
                    .append(
                            "{'SequenceNumber':'%s','PartitionKey':'k','Data':'aGk=','ApproximateArrivalTimestamp':1700000000.25}"
                                    .formatted(number));
        }
        return "{'Records':[%s],'NextShardIterator':%s,'MillisBehindLatest':7}".formatted(records, next);
    }

    private static List<String> numbers(StreamSource.Records read) {
        return read.records().stream()
                .map(record -> record.sequenceNumber().toString())
                .toList();
    }

    @Test
    void recordsAreReadAsPut() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(200, page("'second'", "1", "2"));

            StreamSource.Records read = result(reader.read(100));

            assertThat(numbers(read)).containsExactly("1", "2");
            assertThat(read.millisBehindLatest()).isEqualTo(7);
            assertThat(read.endOfShard()).isFalse();
            StreamRecord record = read.records().get(0);
            assertThat(record.data()).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
            assertThat(record.approximateArrival().toEpochMilli()).isEqualTo(1_700_000_000_250L);
            assertThat(record.encryptionType()).isNull();
        }
    }

    @Test
    void recordsReadBySeveralMappingsAreJournaledOnce() {
        try (ShardReader reader = opened(new Position.TrimHorizon());
                ShardReader other = opened(new Position.TrimHorizon())) {
            willAnswer(200, page("'second'", "1", "2"));
            willAnswer(200, page("'second'", "1", "2", "3"));
            result(reader.read(100));
            result(other.read(100));

            assertThat(journal.after(0, 10).stream().map(JournalEntry::event))
                    .containsExactly(put("1"), put("2"), put("3"));
        }
    }

    private static JournalEvent put(String sequenceNumber) {
        return new JournalEvent.Put("events", "shardId-0", sequenceNumber, "k", 2);
    }

    @Test
    void recordsFoundByAWaitAreReturnedByTheNextReads() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(200, page("'second'"));
            willAnswer(200, page("'third'", "1", "2", "3"));
            result(reader.awaitRecords());

            assertThat(numbers(result(reader.read(2)))).containsExactly("1", "2");
            assertThat(numbers(result(reader.read(2)))).containsExactly("3");
        }
    }

    @Test
    void anExpiredIteratorIsRenewedAfterTheLastRecord() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(200, page("'second'", "41"));
            result(reader.read(1));
            willAnswer(400, "{'__type':'ExpiredIteratorException','message':'expired'}");
            willAnswer(200, "{'ShardIterator':'renewed'}");
            willAnswer(200, page("'fourth'", "42"));

            assertThat(numbers(result(reader.read(1)))).containsExactly("42");

            JsonNode renewal = calls.get(3);
            assertThat(renewal.path("ShardIteratorType").asText()).isEqualTo("AFTER_SEQUENCE_NUMBER");
            assertThat(renewal.path("StartingSequenceNumber").asText()).isEqualTo("41");
        }
    }

    @Test
    void anExpiredLatestIteratorIsRenewedAtItsTime() {
        try (ShardReader reader = opened(new Position.Latest())) {
            willAnswer(400, "{'__type':'com.amazonaws.kinesis#ExpiredIteratorException'}");
            willAnswer(200, "{'ShardIterator':'renewed'}");
            willAnswer(200, page("'third'", "1"));

            assertThat(numbers(result(reader.read(1)))).containsExactly("1");

            assertThat(calls.get(0).path("ShardIteratorType").asText()).isEqualTo("LATEST");
            assertThat(calls.get(2).path("ShardIteratorType").asText()).isEqualTo("AT_TIMESTAMP");
        }
    }

    @Test
    void theEndOfAShardIsReportedWithItsLastRecords() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(200, page("null", "1", "2"));

            assertThat(result(reader.read(1)).endOfShard()).isFalse();
            StreamSource.Records last = result(reader.read(1));

            assertThat(numbers(last)).containsExactly("2");
            assertThat(last.endOfShard()).isTrue();
        }
    }

    @Test
    void throttledReadsAreRetried() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(400, "{'__type':'ProvisionedThroughputExceededException','message':'slow down'}");
            willAnswer(500, "{'__type':'InternalFailure'}");
            willAnswer(200, page("'second'", "1"));

            assertThat(numbers(result(reader.read(1)))).containsExactly("1");
        }
    }

    @Test
    void aFailedReadKeepsThePosition() {
        try (ShardReader reader = opened(new Position.TrimHorizon())) {
            willAnswer(400, "{'__type':'ResourceNotFoundException','message':'gone'}");
            assertThatThrownBy(() -> result(reader.read(1))).hasMessageContaining("ResourceNotFoundException: gone");
            willAnswer(200, page("'second'", "1"));

            assertThat(numbers(result(reader.read(1)))).containsExactly("1");
            assertThat(calls.get(2)).isEqualTo(calls.get(1));
        }
    }

    @Test
    void shardsOfAllPagesAreListedParentsFirstWithoutExpiredParents() {
        willAnswer(
                200, "{'Shards':[{'ShardId':'c','ParentShardId':'a','AdjacentParentShardId':'b'}],'NextToken':'more'}");
        willAnswer(
                200,
                "{'Shards':[{'ShardId':'a','ParentShardId':'gone','SequenceNumberRange':{'EndingSequenceNumber':'9'}},"
                        + "{'ShardId':'b'}]}");

        assertThat(result(source.shards()))
                .containsExactly(
                        new StreamSource.Shard("a", null, null, true),
                        new StreamSource.Shard("b", null, null, false),
                        new StreamSource.Shard("c", "a", "b", false));
        assertThat(calls.get(1)).isEqualTo(JSON.createObjectNode().put("NextToken", "more"));
    }
}
