package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Calls AWS's JSON protocols without an SDK, so that no figure contains the cost of a client library. Thread-safe.
 */
final class AwsCalls {

    static final ObjectMapper JSON = Json.mapper();

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Map<String, String> PREFIXES = Map.of(
            "dynamodb", "DynamoDB_20120810.",
            "kinesis", "Kinesis_20131202.",
            "secretsmanager", "secretsmanager.",
            "sqs", "AmazonSQS.");

    private final HttpClient http;
    private final URI endpoint;

    AwsCalls(HttpClient http, URI endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /**
     * Calls an action and waits for its answer.
     *
     * @throws IllegalStateException when the service answers with an error
     */
    JsonNode call(String service, String action, JsonNode request) {
        try {
            return call(service, action, JSON.writeValueAsBytes(request));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Works as {@link #call(String, String, JsonNode)}, with a serialized request. */
    JsonNode call(String service, String action, byte[] request) {
        HttpRequest.Builder post =
                HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).POST(HttpRequest.BodyPublishers.ofByteArray(request));
        headers(service, action).forEach(post::header);
        HttpResponse<byte[]> answer = send(post.build());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("%s answered %d: %s"
                    .formatted(
                            action,
                            answer.statusCode(),
                            new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8)));
        }
        return read(answer.body());
    }

    /** Returns an action's call in the form that {@link RawHttp} sends. */
    byte[] request(String service, String action, JsonNode request) throws IOException {
        return RawHttp.post(endpoint, lines(service, action), JSON.writeValueAsBytes(request));
    }

    /** Returns an action's header fields in the form that {@link RawHttp#post} takes. */
    static String lines(String service, String action) {
        StringBuilder lines = new StringBuilder();
        headers(service, action)
                .forEach((name, value) ->
                        lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    private static Map<String, String> headers(String service, String action) {
        return Map.of(
                "Content-Type",
                "application/x-amz-json-1." + (service.equals("kinesis") ? "1" : "0"),
                "X-Amz-Target",
                PREFIXES.get(service) + action,
                "X-Amz-Date",
                "20260101T000000Z",
                "Authorization",
                credential(service));
    }

    URI endpoint() {
        return endpoint;
    }

    /** LocalStack tells services apart by the scope of the signature and checks no other part of it. */
    private static String credential(String service) {
        return "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
                .formatted(service);
    }

    /** Sends any request; the caller checks the answer's status. */
    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(request.uri().toString(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + request.uri(), interrupted);
        }
    }

    static JsonNode read(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException("an answer is not JSON", broken);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
