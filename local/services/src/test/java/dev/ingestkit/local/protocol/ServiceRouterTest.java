package dev.ingestkit.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

final class ServiceRouterTest {

    private static final Instant ARRIVAL = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ServiceServer server;

    @BeforeAll
    static void start() {
        server = ServiceServer.start(ServiceRouter.builder()
                .service(new Echo())
                .path("/_ingest/", request -> CompletableFuture.completedFuture(HttpResponse.text(200, "control")))
                .fallback(request -> CompletableFuture.completedFuture(HttpResponse.text(200, "api")))
                .build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSyncKinesisClientReadsBlobsAndMillisecondTimestampsOverCbor() {
        assertRecord(server.kinesis().getRecords(request -> request.shardIterator("any")));
    }

    @Test
    void theDefaultAsyncKinesisClientReadsThemOverHttp2() {
        assertRecord(server.kinesisAsync()
                .getRecords(request -> request.shardIterator("any"))
                .join());
    }

    @Test
    void cborTimestampsKeepTheirMilliseconds() {
        assertThat(server.kinesis()
                        .getShardIterator(request -> request.streamName("s")
                                .shardId("shardId-000000000000")
                                .shardIteratorType("AT_TIMESTAMP")
                                .timestamp(ARRIVAL))
                        .shardIterator())
                .isEqualTo(ARRIVAL.toString());
    }

    @Test
    void errorsAreTheSdksExceptions() {
        assertThatThrownBy(() -> server.kinesis().describeStreamSummary(request -> request.streamName("gone")))
                .isInstanceOfSatisfying(ResourceNotFoundException.class, error -> {
                    assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("no stream gone");
                    assertThat(error.statusCode()).isEqualTo(400);
                    assertThat(error.requestId()).isNotEmpty();
                });
    }

    @Test
    void unsupportedActionsAreNamed() {
        assertThatThrownBy(() -> server.kinesis()
                        .splitShard(request -> request.streamName("s")
                                .shardToSplit("shardId-000000000000")
                                .newStartingHashKey("1")))
                .isInstanceOf(KinesisException.class)
                .hasMessageContaining("does not run kinesis SplitShard");
    }

    @Test
    void actionsThatAwsLacksAreUnknown() throws Exception {
        java.net.http.HttpResponse<String> answer = post("X-Amz-Target", "Kinesis_20131202.Fly", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"__type\":\"UnknownOperationException\"", "Fly");
    }

    @Test
    void jsonHasTimestampsAsDecimalSecondsAndBlobsAsBase64() throws Exception {
        java.net.http.HttpResponse<String> answer =
                post("X-Amz-Target", "Kinesis_20131202.GetRecords", "{\"ShardIterator\":\"x\"}");
        assertThat(answer.body()).contains("\"ApproximateArrivalTimestamp\":1772600767.089", "\"Data\":\"ZGF0YQ==\"");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    @Test
    void deeplyNestedInputIsRejected() throws Exception {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        java.net.http.HttpResponse<String> answer = post("X-Amz-Target", "Kinesis_20131202.GetRecords", deep);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("SerializationException");
    }

    @Test
    void queryCallsAreRoutedByCredentialScope() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint().resolve("/"))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260304/us-east-1/kinesis/aws4_request")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Action=GetRecords&ShardIterator=x"))
                .build();
        String xml = CLIENT.send(request, BodyHandlers.ofString()).body();
        assertThat(xml)
                .contains("<GetRecordsResponse", "<GetRecordsResult><Records><member>")
                .contains("<ApproximateArrivalTimestamp>2026-03-04T05:06:07.089Z</ApproximateArrivalTimestamp>")
                .contains("<ResponseMetadata><RequestId>");
    }

    @Test
    void unsupportedServicesAreNamed() throws Exception {
        java.net.http.HttpResponse<String> answer = post(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260304/us-east-1/s3/aws4_request, SignedHeaders=h",
                "");
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("does not run the service s3");
    }

    @Test
    void pathsAndTheFallbackReceiveTheirRequests() throws Exception {
        assertThat(get("/_ingest/status")).isEqualTo("control");
        assertThat(get("/prod/submit/1?Action=Fly&Version=2012-11-05")).isEqualTo("api");
    }

    @Test
    void pagesOfOtherSitesCannotCallAwsApis() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header("Origin", "https://evil.example")
                .header("X-Amz-Target", "Kinesis_20131202.GetRecords")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    }

    private static void assertRecord(GetRecordsResponse response) {
        assertThat(response.records()).singleElement().satisfies(record -> {
            assertThat(record.data()).isEqualTo(SdkBytes.fromUtf8String("data"));
            assertThat(record.approximateArrivalTimestamp()).isEqualTo(ARRIVAL);
        });
    }

    private static java.net.http.HttpResponse<String> post(String header, String value, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.endpoint())
                .header(header, value)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static String get(String path) throws IOException, InterruptedException {
        URI target = URI.create(server.endpoint() + path);
        return CLIENT.send(HttpRequest.newBuilder(target).build(), BodyHandlers.ofString())
                .body();
    }

    /** Responds with one fixed record, or with its input. */
    private static final class Echo implements AwsService {

        @Override
        public String name() {
            return "kinesis";
        }

        @Override
        public Set<String> actions() {
            return Set.of("GetRecords", "GetShardIterator", "DescribeStreamSummary");
        }

        @Override
        public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
            AwsInput input = AwsInput.of(request);
            ObjectNode answer = AwsOutput.object();
            switch (request.action()) {
                case "GetRecords" ->
                    answer.putArray("Records")
                            .addObject()
                            .put("SequenceNumber", "1")
                            .put("PartitionKey", "k")
                            .put("Data", "data".getBytes(StandardCharsets.UTF_8))
                            .set("ApproximateArrivalTimestamp", AwsOutput.timestamp(ARRIVAL));
                case "GetShardIterator" ->
                    answer.put(
                            "ShardIterator",
                            input.timestamp("Timestamp").orElseThrow().toString());
                default ->
                    throw ServiceException.badRequest(
                            "ResourceNotFoundException",
                            "no stream " + input.string("StreamName").orElseThrow());
            }
            return CompletableFuture.completedFuture(ServiceResponse.of(answer));
        }
    }
}
