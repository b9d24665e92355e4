package dev.ingestkit.local.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceRouter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Covers metrics in each protocol by which clients publish them. */
final class CloudWatchServiceTest {

    private final ServiceRouter router =
            ServiceRouter.builder().service(new CloudWatchService()).build();

    @Test
    void metricsAreAcceptedInEveryProtocol() {
        HttpResponse query = send(
                "/", Map.of("content-type", "application/x-www-form-urlencoded"), "Action=PutMetricData&Namespace=n");
        HttpResponse json = send(
                "/",
                Map.of(
                        "content-type",
                        "application/x-amz-json-1.0",
                        "x-amz-target",
                        "GraniteServiceVersion20100801.PutMetricData"),
                "compressed");
        HttpResponse cbor = send(
                "/service/GraniteServiceVersion20100801/operation/PutMetricData",
                Map.of("content-type", "application/cbor", "smithy-protocol", "rpc-v2-cbor"),
                "compressed");

        assertThat(List.of(query.status(), json.status(), cbor.status())).containsOnly(200);
        assertThat(cbor.headers()).containsEntry("smithy-protocol", List.of("rpc-v2-cbor"));
    }

    private HttpResponse send(String path, Map<String, String> headers, String body) {
        Map<String, List<String>> all = new HashMap<>();
        all.put(
                "authorization",
                List.of("AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, Signature=0"));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return router.handle(new HttpRequest("POST", path, "", all, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1"))
                .toCompletableFuture()
                .join();
    }
}
