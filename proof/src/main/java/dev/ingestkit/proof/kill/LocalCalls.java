package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Calls services of a runtime for which the kit has no client, without retries. Thread-safe. */
final class LocalCalls {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI endpoint;

    LocalCalls(URI endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /**
     * Calls an action of SNS.
     *
     * @return the response's XML
     * @throws SdkClientException if it was not answered with success
     */
    String sns(String action, Map<String, String> parameters) {
        String form = "Action=" + action + "&Version=2010-03-31&"
                + parameters.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return send(signed("sns")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Calls an action of EventBridge.
     *
     * @throws SdkClientException if it was not answered with success
     */
    JsonNode events(String action, JsonNode input) {
        return json("events", "AWSEvents." + action, input);
    }

    /**
     * Calls an action of SQS.
     *
     * @throws SdkClientException if it was not answered with success
     */
    JsonNode sqs(String action, JsonNode input) {
        return json("sqs", "AmazonSQS." + action, input);
    }

    private JsonNode json(String service, String target, JsonNode input) {
        return parsed(send(signed(service)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(input.toString()))
                .build()));
    }

    /**
     * Calls an operation on event source mappings.
     *
     * @param path what follows {@code event-source-mappings/}
     * @throws SdkClientException if it was not answered with success
     */
    JsonNode mappings(String method, String path, JsonNode input) {
        return parsed(send(HttpRequest.newBuilder(endpoint.resolve("/2015-03-31/event-source-mappings/" + path))
                .timeout(ANSWER)
                .method(method, HttpRequest.BodyPublishers.ofString(input.isEmpty() ? "" : input.toString()))
                .build()));
    }

    /** Returns the URL of a queue. */
    String queueUrl(String name) {
        return endpoint.resolve("/000000000000/" + name).toString();
    }

    /**
     * Advances the runtime's clock.
     *
     * @throws SdkClientException if it was not answered with success
     */
    void advanceClock(Duration by) {
        String body = Json.mapper()
                .createObjectNode()
                .put("action", "advance")
                .put("by", by.toString())
                .toString();
        send(clock().POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /**
     * Returns what the runtime's clock shows.
     *
     * @throws SdkClientException if it was not answered with success
     */
    Instant clockNow() {
        return Instant.parse(parsed(send(clock().build())).path("now").textValue());
    }

    private HttpRequest.Builder clock() {
        return HttpRequest.newBuilder(endpoint.resolve("/_ingest/clock")).timeout(ANSWER);
    }

    private HttpRequest.Builder signed(String service) {
        return HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(ANSWER)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00");
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw SdkClientException.create("status " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException unanswered) {
            throw SdkClientException.create("no answer", unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted", interrupted);
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException malformed) {
            throw new IllegalStateException("the answer is not JSON: " + json, malformed);
        }
    }
}
