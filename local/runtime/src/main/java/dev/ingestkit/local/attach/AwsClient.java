package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Calls an endpoint's AWS APIs. Requests carry a credential scope, by which emulators tell services apart, and no true
 * signature: an endpoint that verifies signatures refuses them. Thread-safe; it never blocks.
 */
public final class AwsClient {

    static final ObjectMapper JSON = new ObjectMapper();

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
    private final Patience patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @param endpoint scheme, host and port, {@code http://localhost:4566}
     * @param random spreads the waits between attempts
     */
    public AwsClient(URI endpoint, String region, Clock clock, RandomGenerator random) {
        this(endpoint, region, clock, new Patience(5, Duration.ofMillis(100), Duration.ofSeconds(2), random));
    }

    AwsClient(URI endpoint, String region, Clock clock, Patience patience) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.region = requireNonNull(region, "region");
        this.clock = requireNonNull(clock, "clock");
        this.patience = requireNonNull(patience, "patience");
    }

    public URI endpoint() {
        return endpoint;
    }

    /**
     * Calls an action of the JSON protocol; throttling, server errors and lost connections are tried again.
     *
     * @return the answer's members; a failed future with {@link AwsErrorException} or {@link IOException}
     */
    CompletableFuture<JsonNode> call(AwsApi api, String action, ObjectNode input) {
        byte[] body = bytes(input);
        String name = "%s %s at %s".formatted(api.signingName(), action, endpoint);
        return persistently(() -> post(api, action, body).thenApply(answer -> members(name, answer)), 1);
    }

    /** Calls an action of the JSON protocol once and gives the answer as it is. */
    CompletableFuture<HttpResponse<byte[]>> post(AwsApi api, String action, byte[] body) {
        return send(request("/", api.signingName())
                .header("Content-Type", api.contentType())
                .header("X-Amz-Target", api.target(action))
                .POST(BodyPublishers.ofByteArray(body)));
    }

    /** Calls an action of the query protocol; gives the answer's XML. */
    CompletableFuture<byte[]> query(String service, String form) {
        String name = "%s at %s".formatted(service, endpoint);
        return persistently(
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

    /** Reads from a REST API in JSON. */
    CompletableFuture<JsonNode> get(String service, String pathAndQuery) {
        String name = "GET %s at %s".formatted(pathAndQuery, endpoint);
        return persistently(
                () -> send(request(pathAndQuery, service).GET()).thenApply(answer -> members(name, answer)), 1);
    }

    /** A request to the endpoint for a service, with what stands for a signature. */
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

    /** For an answer that goes on for minutes: its head ends the future, its body comes when it comes. */
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> open(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(STREAM).build(), BodyHandlers.ofPublisher());
    }

    private <T> CompletableFuture<T> persistently(Supplier<CompletableFuture<T>> call, int attempt) {
        return call.get().exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            return isPassing(cause) && patience.allowsAfter(attempt)
                    ? after(patience.waitAfter(attempt)).thenCompose(waited -> persistently(call, attempt + 1))
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof IOException || (failure instanceof AwsErrorException error && error.isPassing());
    }

    static CompletableFuture<Void> after(Duration wait) {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What failed, without the wrapping of futures. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static JsonNode members(String call, HttpResponse<byte[]> answer) {
        JsonNode members;
        try {
            members = answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException malformed) {
            throw new AwsErrorException(call, "MalformedAnswer", answer.statusCode(), "the answer is no JSON");
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
            return JSON.writeValueAsBytes(input);
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree cannot be written", impossible);
        }
    }
}
