package dev.ingestkit.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import dev.ingestkit.local.cloudwatch.PublishedMetrics.Metric;
import dev.ingestkit.local.cloudwatch.PublishedMetrics.Statistics;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceRouter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Covers metrics in each protocol by which clients publish them. */
final class CloudWatchServiceTest {

    private static final PublishedMetrics.Key KEY = new PublishedMetrics.Key("n", "m", Collections.emptySortedMap());
    private static final Map<String, String> FORM = Map.of("content-type", "application/x-www-form-urlencoded");
    private static final Map<String, String> JSON = Map.of(
            "content-type",
            "application/x-amz-json-1.0",
            "x-amz-target",
            "GraniteServiceVersion20100801.PutMetricData");
    private static final String QUERY =
            "Action=PutMetricData&Namespace=n&MetricData.member.1.MetricName=m&MetricData.member.1.Value=";

    private final PublishedMetrics metrics = new PublishedMetrics();
    private final ServiceRouter router = ServiceRouter.builder()
            .service(new CloudWatchService(metrics, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
            .build();

    @Test
    void metricsAreCountedInEveryProtocol() throws IOException {
        HttpResponse query = send("/", FORM, QUERY + "1.5");
        HttpResponse json = send("/", JSON, datum("\"Value\":2"));
        byte[] sent = new CBORMapper().writeValueAsBytes(new ObjectMapper().readTree(datum("\"Value\":-3.25")));
        HttpResponse cbor = send(
                "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                Map.of("content-type", "application/cbor", "smithy-protocol", "rpc-v2-cbor"),
                sent);

        assertThat(List.of(query.status(), json.status(), cbor.status())).containsOnly(200);
        assertThat(cbor.headers()).containsEntry("smithy-protocol", List.of("rpc-v2-cbor"));
        assertThat(metrics.all())
                .containsExactly(new Metric(KEY, "None", new Statistics(3, 0.25, -3.25, 2), Instant.EPOCH));
    }

    @Test
    void valuesWithCountsAndSetsOfStatisticsAreAdded() {
        send("/", JSON, datum("\"Unit\":\"Count\",\"Values\":[1,5],\"Counts\":[2,3]"));
        send(
                "/",
                JSON,
                datum(
                        "\"Unit\":\"Bytes\",\"StatisticValues\":{\"SampleCount\":4,\"Sum\":10,\"Minimum\":0,\"Maximum\":9}"));

        assertThat(metrics.all()).containsExactly(new Metric(KEY, "Bytes", new Statistics(9, 27, 0, 9), Instant.EPOCH));
    }

    @Test
    void dimensionsTellMetricsApart() {
        send("/", JSON, datum("\"Value\":1,\"Dimensions\":[{\"Name\":\"a\",\"Value\":\"1\"}]"));
        send("/", JSON, datum("\"Value\":1,\"Dimensions\":[{\"Name\":\"a\",\"Value\":\"2\"}]"));

        assertThat(metrics.all())
                .extracting(metric -> metric.key().dimensions().get("a"))
                .containsExactly("1", "2");
    }

    @Test
    void compressedCallsAreRead() throws IOException {
        for (Map<String, String> headers : List.of(FORM, JSON)) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(sent)) {
                String body = headers.equals(FORM) ? QUERY + "1" : datum("\"Value\":1");
                gzip.write(body.getBytes(StandardCharsets.UTF_8));
            }
            Map<String, String> all = new HashMap<>(headers);
            all.put("content-encoding", "gzip");

            assertThat(send("/", all, sent.toByteArray()).status()).isEqualTo(200);
        }
        assertThat(metrics.all())
                .extracting(metric -> metric.statistics().samples())
                .containsExactly(2.0);
    }

    @Test
    void incompleteCallsAreRejectedByName() {
        assertThat(text(send("/", FORM, "Action=PutMetricData")))
                .contains("<Code>MissingParameter</Code>", "The parameter Namespace is required.");
        assertThat(text(send("/", JSON, datum("\"Unit\":\"Count\""))))
                .contains("MissingRequiredParameterException", "The parameter MetricData.member.1.Value is required.");
        assertThat(text(send("/", JSON, datum("\"Values\":[1,2],\"Counts\":[1]"))))
                .contains("InvalidParameterValueException", "must be of the same size");
        assertThat(metrics.all()).isEmpty();
    }

    @Test
    void theMetricsPublishedLastAreKept() {
        for (int i = 0; i <= PublishedMetrics.MAX_METRICS; i++) {
            metrics.add(new Metric(
                    new PublishedMetrics.Key("n", "m" + i, Collections.emptySortedMap()),
                    "None",
                    Statistics.of(1, 1),
                    Instant.EPOCH));
        }

        assertThat(metrics.all()).hasSize(PublishedMetrics.MAX_METRICS);
        assertThat(metrics.all().get(0).key().name()).isEqualTo("m1");
    }

    private static String datum(String members) {
        return "{\"Namespace\":\"n\",\"MetricData\":[{\"MetricName\":\"m\",%s}]}".formatted(members);
    }

    private static String text(HttpResponse response) {
        return new String(((HttpResponse.Bytes) response.body()).content(), StandardCharsets.UTF_8);
    }

    private HttpResponse send(String path, Map<String, String> headers, String body) {
        return send(path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse send(String path, Map<String, String> headers, byte[] body) {
        Map<String, List<String>> all = new HashMap<>();
        all.put(
                "authorization",
                List.of("AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, Signature=0"));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return router.handle(new HttpRequest("POST", path, "", all, body, "127.0.0.1"))
                .toCompletableFuture()
                .join();
    }
}
