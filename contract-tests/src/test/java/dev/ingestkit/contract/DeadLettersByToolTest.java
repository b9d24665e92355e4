package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Redrives dead letters by the tool. The test writes the on-failure messages itself: their records are in a stream that
 * no mapping reads, so a stored event was stored by the redrive.
 */
final class DeadLettersByToolTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration MAX_WAIT = Duration.ofSeconds(90);
    private static final String SIDE = "side-stream";

    @TempDir
    private static Path state;

    @TempDir
    private Path folder;

    private static LocalRuntime runtime;
    private static AwsClients clients;
    private static String sideArn;

    @BeforeAll
    static void start() {
        runtime = LocalRuntime.start(EmbeddedStack.config());
        clients = new AwsClients(EmbeddedStack.target(runtime));
        sideArn = stream(SIDE);
    }

    private static String stream(String name) {
        clients.kinesis().createStream(request -> request.streamName(name).shardCount(1));
        return Awaitility.await(name + " is active")
                .atMost(MAX_WAIT)
                .until(
                        () -> clients.kinesis()
                                .describeStreamSummary(request -> request.streamName(name))
                                .streamDescriptionSummary(),
                        stream -> stream.streamStatus() == StreamStatus.ACTIVE)
                .streamARN();
    }

    @AfterAll
    static void end() {
        clients.close();
        runtime.close();
    }

    @AfterEach
    void empty() {
        DeadLetterQueue queue = new DeadLetterQueue(clients, queueUrl());
        queue.receive(1_000, Duration.ofMinutes(5)).forEach(queue::delete);
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoke", "stream"})
    void aRedriveStoppedAfterAnyCallIsCompletedByTheNextRun(String via) throws IOException {
        boolean died = true;
        for (int call = 1; died; call++) {
            String id = via + "-killed-" + call;
            deadLetter(put(id + "-a"), put(id + "-b"));
            String[] redrive = {"dlq", "redrive", "--via", via, "--hide", "1s", "-o", "json"};

            try (DyingEndpoint dying = new DyingEndpoint(runtime.endpoint(), call)) {
                run(dying.endpoint().toString(), redrive);
                died = dying.died();
            }
            Awaitility.await("nothing is left after a death at call " + call)
                    .atMost(MAX_WAIT)
                    .pollInSameThread()
                    .until(() -> tool(redrive).exit() == 0 && messages() == 0);

            for (String event : List.of(id + "-a", id + "-b")) {
                assertThat(tool("wait", "--for", "stored", "--id", event).exit())
                        .as("%s after a death at call %d", event, call)
                        .isZero();
            }
        }
    }

    @Test
    void filtersMatchThePayload() throws IOException {
        deadLetter(put("cheap", "{\"eventId\":\"cheap\",\"total\":5}"));
        String dear = deadLetter(put("dear", "{\"eventId\":\"dear\",\"total\":500}"));

        Tool.Result listed = tool("dlq", "list", "--filter", "payload.total > `100`", "-o", "name");
        Tool.Result redriven = tool("dlq", "redrive", "--filter", "events[?payload.total > `100`]", "-o", "json");

        assertThat(listed.out()).as(listed.err()).isEqualTo(dear + "\n");
        assertThat(MAPPER.readTree(redriven.out()).findValuesAsText("id")).containsExactly(dear);
        assertThat(tool("inspect", "dear").exit()).isZero();
        assertThat(tool("inspect", "cheap").exit()).isEqualTo(1);
    }

    @Test
    void theEventsOfManyDeadLettersAreNamedByFewReads() throws IOException {
        for (int number = 0; number < 40; number++) {
            deadLetter(put("many-" + number));
        }

        try (DyingEndpoint dying = new DyingEndpoint(runtime.endpoint(), 60)) {
            Tool.Result listed = run(dying.endpoint().toString(), "dlq", "list", "-o", "json");

            assertThat(dying.died()).as(listed.err()).isFalse();
            assertThat(listed.json().findValuesAsText("eventId")).hasSize(40).allMatch(id -> id.startsWith("many-"));
        }
    }

    @Test
    void deadLettersAreCountedByReason() throws IOException {
        deadLetter(put("count-1"), put("count-2"));
        deadLetter(put("count-3"));
        park("count-4");
        parked("count-4");

        JsonNode groups = tool("dlq", "list", "--summary", "-o", "json").json();
        JsonNode one = tool("dlq", "list", "--summary", "--id", "count-3", "-o", "json")
                .json();

        assertThat(groups.findValuesAsText("reason")).containsExactly("RetryAttemptsExhausted", "NOT_JSON");
        assertThat(groups.findValuesAsText("deadLetters")).containsExactly("2", "1");
        assertThat(groups.findValuesAsText("records")).containsExactly("3", "1");
        assertThat(one.findValuesAsText("deadLetters")).containsExactly("1");
        assertThat(messages()).isEqualTo(3);
    }

    @Test
    void oneCharacterOfAnIdIsEnoughIfNoOtherBeginsWithIt() throws IOException {
        String id = deadLetter(put("short"));

        assertThat(tool("dlq", "show", id.substring(0, 1), "-o", "json").json().path("id"))
                .hasToString('"' + id + '"');
        assertThat(tool("dlq", "redrive", id.substring(0, 1), "-o", "name").out())
                .isEqualTo(id + "\n");
    }

    @Test
    void aDryRunReportsRangesAgesAndExpiredRecordsWithoutChangingThem() throws IOException {
        String arn = stream("dry-stream");
        PutRecordResponse record = put("dry-stream", "dry", "{}");
        String whole = letterFrom(arn, record.sequenceNumber(), record.sequenceNumber(), 1);
        String torn = letterFrom(arn, before(record), record.sequenceNumber(), 2);

        Tool.Result rehearsal = tool("dlq", "redrive", "--dry-run", "-o", "ndjson");

        assertThat(rehearsal.exit()).isEqualTo(3);
        assertThat(rehearsal.out().lines().map(line -> line.replaceAll("\"(received|sentAt|arrivedAt)\":[^,}]*,?", "")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .contains(whole, "\"outcome\":\"would redrive\",\"redriven\":1,\"expired\":0", "expiresAt"))
                .anySatisfy(line -> assertThat(line)
                        .contains(torn, "\"outcome\":\"expired\",\"redriven\":0,\"expired\":1")
                        .contains("1 record has expired from the stream, all before " + record.sequenceNumber()));
        assertThat(rehearsal.err())
                .contains(
                        "shardId-000000000000: 1 record of 2 dead letters", "the first to expire in 23h", "; 1 expired")
                .contains("would redrive 1 record of 1 dead letter; of the selected ones 1 stays in the queue, 1 record"
                        + " expired. Nothing was changed (dry run).");
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    void theRemainderOfAnExpiredRangeIsRedrivenOnRequest() throws IOException {
        String arn = stream("torn-stream");
        PutRecordResponse record = put("torn-stream", "left-over", "{}");
        letterFrom(arn, before(record), record.sequenceNumber(), 2);

        Tool.Result refused = tool("dlq", "redrive");
        Tool.Result partly = tool("dlq", "redrive", "--partly", "-o", "json");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(partly.exit()).as(partly.err()).isZero();
        assertThat(tool("inspect", "left-over").exit()).isZero();
        assertThat(messages()).isZero();
    }

    @Test
    void aSecondFailureOfTheSameRecordIsRecognized() throws IOException {
        park("old-device");
        String first = parked("old-device").path("id").asText();

        assertThat(tool("dlq", "redrive", first).exit()).isZero();
        JsonNode again = parked("old-device");
        JsonNode shown = MAPPER.readTree(
                tool("dlq", "show", again.path("id").asText(), "-o", "json").out());

        assertThat(again.path("id").asText()).isNotEqualTo(first);
        assertThat(again.path("redrives").asInt()).isEqualTo(1);
        assertThat(shown.path("redriveOf").asText()).isEqualTo(first);
    }

    @Test
    void aPayloadIsEditedAndRedriven() throws IOException {
        park("typo");
        String id = parked("typo").path("id").asText();
        Path editor = folder.resolve("editor");
        Files.writeString(editor, "#!/bin/sh\nprintf '{\"fixed\":true}\\n' > \"$1\"\n");

        Tool.Result unchanged = new Tool(state)
                .variable("EDITOR", "true")
                .run("dlq", "edit", id, "--endpoint-url", runtime.endpoint().toString());
        Tool.Result edited = new Tool(state)
                .variable("EDITOR", "sh " + editor)
                .run("dlq", "edit", id, "--endpoint-url", runtime.endpoint().toString());

        assertThat(unchanged.err()).contains("nothing was changed");
        assertThat(edited.exit()).as(edited.err()).isZero();
        assertThat(tool("inspect", "typo", "--payload").out()).isEqualTo("{\"fixed\":true}");
        assertThat(messages()).isZero();
    }

    @Test
    void waitAndTraceFindAnEventInAnOnFailureRange() throws IOException {
        deadLetter(put("given-up-1"), put("given-up-2"));

        Tool.Result waited = tool("wait", "--for", "dead", "--id", "given-up-2");
        JsonNode trace =
                MAPPER.readTree(tool("trace", "given-up-2", "-o", "json").out());

        assertThat(waited.exit()).as(waited.err()).isZero();
        assertThat(trace.path("deadLetters").findValuesAsText("reason")).containsExactly("RetryAttemptsExhausted");
    }

    @Test
    void watchPrintsOneLineForEachDeadLetter() throws IOException {
        String id = deadLetter(put("watched"));

        Tool.Result watched = tool("dlq", "watch", "--max", "1", "-o", "json");

        assertThat(watched.exit()).as(watched.err()).isZero();
        assertThat(watched.out()).hasLineCount(1);
        assertThat(MAPPER.readTree(watched.out()).path("id").asText()).isEqualTo(id);
    }

    @Test
    void drainedDeadLettersAreInTheFileAndNotInTheQueue() throws IOException {
        deadLetter(put("drained-1"), put("drained-2"));
        Path file = folder.resolve("letters.ndjson");
        Files.writeString(file, "{\"format\":\"ingest-kit/event\",\"id\":\"torn");

        Tool.Result drained = tool("dlq", "drain", file.toString(), "-o", "json");

        assertThat(drained.exit()).as(drained.err()).isZero();
        assertThat(MAPPER.readTree(drained.out()).path("records").asInt()).isEqualTo(2);
        assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
        assertThat(messages()).isZero();
    }

    @Test
    void aMissingMessageIsNamedInTheError() {
        Tool.Result result = tool("dlq", "redrive", "no-such-message", "-o", "json");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("message 'no-such-message' not found in the queue");
    }

    private static PutRecordResponse put(String id) {
        return put(id, "{\"eventId\":\"%s\"}".formatted(id));
    }

    private static PutRecordResponse put(String key, String data) {
        return put(SIDE, key, data);
    }

    private static PutRecordResponse put(String stream, String key, String data) {
        return clients.kinesis()
                .putRecord(
                        request -> request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }

    /** Returns the position before the record's in its shard, where no record exists. */
    private static String before(PutRecordResponse first) {
        return new BigInteger(first.sequenceNumber())
                .subtract(BigInteger.ONE.shiftLeft(76))
                .toString();
    }

    private static String deadLetter(PutRecordResponse... records) throws IOException {
        return letterFrom(
                sideArn, records[0].sequenceNumber(), records[records.length - 1].sequenceNumber(), records.length);
    }

    private static String letterFrom(String stream, String from, String to, int count) throws IOException {
        String now = Instant.now().toString();
        String body = MAPPER.writeValueAsString(MAPPER.readTree("""
            {"requestContext": {"requestId": "1", "functionArn": "arn:aws:lambda:us-east-1:000000000000:function:f",
              "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 1},
             "version": "1.0", "timestamp": "%1$s",
             "KinesisBatchInfo": {"shardId": "shardId-000000000000", "startSequenceNumber": "%2$s",
              "endSequenceNumber": "%3$s", "approximateArrivalOfFirstRecord": "%1$s",
              "approximateArrivalOfLastRecord": "%1$s", "batchSize": %4$d, "streamArn": "%5$s"}}
            """.formatted(now, from, to, count, stream)));
        return clients.sqs()
                .sendMessage(request -> request.queueUrl(queueUrl()).messageBody(body))
                .messageId();
    }

    /** Puts a payload that is not JSON into the writer's stream. */
    private static void park(String key) {
        clients.kinesis()
                .putRecord(request -> request.streamName(
                                String.valueOf(runtime.outputs().get("StreamName")))
                        .partitionKey(key)
                        .data(SdkBytes.fromUtf8String("not json")));
    }

    private static JsonNode parked(String eventId) {
        return Awaitility.await("a dead letter about " + eventId)
                .atMost(MAX_WAIT)
                .pollInSameThread()
                .until(
                        () -> MAPPER.readTree(tool("dlq", "list", "--id", eventId, "-o", "json")
                                .out()),
                        deadLetters -> deadLetters.size() == 1)
                .get(0);
    }

    private static long messages() {
        return new DeadLetterQueue(clients, queueUrl()).approximateCount();
    }

    private static String queueUrl() {
        return String.valueOf(runtime.outputs().get("DeadLetterQueueUrl"));
    }

    private static Tool.Result tool(String... arguments) {
        return run(runtime.endpoint().toString(), arguments);
    }

    private static Tool.Result run(String endpoint, String... arguments) {
        return new Tool(state).target("--endpoint-url", endpoint).run(arguments);
    }
}
