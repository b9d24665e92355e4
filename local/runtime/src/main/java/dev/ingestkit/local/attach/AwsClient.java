package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Calls an endpoint's AWS APIs. Requests have a credential scope, which emulators route by, and no valid signature: an
 * endpoint that verifies signatures refuses them. Thread-safe; never blocks.
 */
public final class AwsClient {

    private static final int MAX_ATTEMPTS = 5;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration STREAM = Duration.ofMinutes(10);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final URI endpoint;
    private final String region;
    private final Clock clock;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param endpoint scheme, host and port, {@code http://localhost:4566}
     * @param random randomizes the waits between attempts
     */
    public AwsClient(URI endpoint, String region, Clock clock, RandomGenerator random) {
        this(endpoint, region, clock, Backoff.equalJitter(Duration.ofMillis(100), Duration.ofSeconds(2)), random);
    }

    AwsClient(URI endpoint, String region, Clock clock, Backoff backoff, RandomGenerator random) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.region = requireNonNull(region, "region");
        this.clock = requireNonNull(clock, "clock");
        this.backoff = requireNonNull(backoff, "backoff");
        this.random = requireNonNull(random, "random");
    }

    public URI endpoint() {
        return endpoint;
    }

    /**
     * Calls an action of the JSON protocol, with retries after throttling, server errors and lost connections.
     *
     * @return the answer's members; a failed future with {@link AwsErrorException} or {@link IOException}
     */
    CompletableFuture<JsonNode> call(AwsApi api, String action, ObjectNode input) {
        byte[] body = bytes(input);
        String name = "%s %s at %s".formatted(api.signingName(), action, endpoint);
        return withRetries(() -> post(api, action, body).thenApply(answer -> members(name, answer)), 1);
    }

    /** Calls an action of the JSON protocol once and returns the answer unchanged. */
    CompletableFuture<HttpResponse<byte[]>> post(AwsApi api, String action, byte[] body) {
        return send(request("/", api.signingName())
                .header("Content-Type", api.contentType())
                .header("X-Amz-Target", api.target(action))
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** Calls an action of the query protocol and returns the answer's XML. */
    CompletableFuture<byte[]> query(String service, String form) {
        String name = "%s at %s".formatted(service, endpoint);
        return withRetries(
                () -> send(request("/", service)
                                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                                .POST(BodyPublishers.ofString(form)))
                        .thenApply(answer -> {
                            if (answer.statusCode() != 200) {
                                throw XmlAnswer.error(name, answer.statusCode(), answer.body());
                            }
                            return answer.body();
                        }),
                1);
    }

    /** Reads JSON from a REST API. */
    CompletableFuture<JsonNode> get(String service, String pathAndQuery) {
        String name = "GET %s at %s".formatted(pathAndQuery, endpoint);
        return withRetries(
                () -> send(request(pathAndQuery, service).GET()).thenApply(answer -> members(name, answer)), 1);
    }

    /** Returns a request to the endpoint for a service, with a placeholder for the signature. */
    HttpRequest.Builder request(String pathAndQuery, String service) {
        String base = endpoint.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(ANSWER)
                .header("X-Amz-Date", SECOND.format(clock.instant()))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/%s/%s/%s/aws4_request, SignedHeaders=host;x-amz-date, Signature=%s"
                                .formatted(DAY.format(clock.instant()), region, service, "0".repeat(64)));
    }

    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends a request whose answer lasts for minutes: the future completes with its head, and the body follows. */
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> open(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(STREAM).build(), BodyHandlers.ofPublisher());
    }

    private <T> CompletableFuture<T> withRetries(Supplier<CompletableFuture<T>> call, int attempt) {
        return call.get().exceptionallyCompose(failure -> {
            Throwable cause = Completions.unwrap(failure);
            return isTransient(cause) && attempt < MAX_ATTEMPTS
                    ? after(backoff.after(attempt, random)).thenCompose(waited -> withRetries(call, attempt + 1))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof IOException || (failure instanceof AwsErrorException error && error.isTransient());
    }

    static CompletableFuture<Void> after(Duration wait) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static JsonNode members(String call, HttpResponse<byte[]> answer) {
        JsonNode members;
        try {
            members = answer.body().length == 0
                    ? Json.mapper().createObjectNode()
                    : Json.mapper().readTree(answer.body());
        } catch (IOException malformed) {
            throw new AwsErrorException(call, "MalformedAnswer", answer.statusCode(), "the answer is not JSON");
        }
        if (answer.statusCode() >= 300) {
            String type = answer.headers()
                    .firstValue("x-amzn-errortype")
                    .orElseGet(() -> members.path("__type").asText());
            String code = type.substring(type.lastIndexOf('#') + 1).replaceFirst(":.*", "");
            String message =
                    members.path("message").asText(members.path("Message").asText());
            throw new AwsErrorException(call, code, answer.statusCode(), message);
        }
        return members;
    }

    private static byte[] bytes(ObjectNode input) {
        try {
            return Json.mapper().writeValueAsBytes(input);
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree cannot be written", impossible);
        }
    }
}
