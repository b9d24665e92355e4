package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Posts events to an API, with retries on 429, 5xx and no answer. Thread-safe. */
public final class SubmitClient implements SendRoute {

    /** API Gateway answers within 29 seconds. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ObjectMapper MAPPER = Json.mapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String url;
    private final Map<String, String> headers;
    private final int retries;
    private final RetryDelay backoff;

    /**
     * Creates a client of one API.
     *
     * @param url the URL of an event, in which {@code {id}} stands for the event's id
     * @param headers the request's headers, by name
     * @param retries the maximum of retries of an event
     */
    public SubmitClient(String url, Map<String, String> headers, int retries, RandomGenerator random) {
        this.url = requireNonNull(url, "url");
        this.headers = Map.copyOf(headers);
        this.retries = retries;
        this.backoff = new RetryDelay(random);
    }

    /**
     * Creates a client of the kit's own API.
     *
     * @param submitUrl the URL up to and including {@code /submit}
     * @param stream the stream's name, the next part of the path
     * @param authorization the value of the Authorization header
     * @param retries the maximum of retries of an event
     */
    public static SubmitClient of(
            URI submitUrl, String stream, String authorization, int retries, RandomGenerator random) {
        String base = submitUrl.toString();
        return new SubmitClient(
                (base.endsWith("/") ? base : base + "/") + segment(stream) + "/{id}",
                Map.of("Authorization", authorization),
                retries,
                random);
    }

    /** The answer to one post. */
    private record Answer(
            int status,
            String body,
            Optional<String> retryAfter,
            @Nullable String failure) {

        boolean worthAnotherAttempt() {
            return status == 0 || status == 429 || status >= 500;
        }
    }

    @Override
    public SendOutcome submit(OutgoingEvent event, SendClock clock) throws InterruptedException {
        HttpRequest.Builder draft = HttpRequest.newBuilder(URI.create(url.replace("{id}", segment(event.id()))))
                .timeout(ANSWER_TIMEOUT)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.payload()));
        headers.forEach(draft::setHeader);
        HttpRequest request = draft.build();
        long began = clock.nanos();
        int attempts = 1;
        Answer answer = post(request);
        while (answer.worthAnotherAttempt() && attempts <= retries) {
            if (!clock.sleep(backoff.before(attempts, answer.retryAfter()).toNanos())) {
                break;
            }
            answer = post(request);
            attempts++;
        }
        return outcome(event, answer, attempts, (clock.nanos() - began) / 1e6);
    }

    private Answer post(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(), answer.body(), answer.headers().firstValue("Retry-After"), null);
        } catch (IOException failed) {
            String text = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            return new Answer(0, "", Optional.empty(), "no answer: " + text);
        }
    }

    private static SendOutcome outcome(OutgoingEvent event, Answer answer, int attempts, double millis) {
        JsonNode body = json(answer.body());
        boolean accepted = answer.status() >= 200 && answer.status() < 300;
        String error = accepted ? null : answer.failure() == null ? error(answer, body) : answer.failure();
        return new SendOutcome(
                event.number(),
                event.id(),
                answer.status(),
                accepted ? text(body, "shardId", "ShardId") : null,
                accepted ? text(body, "sequenceNumber", "SequenceNumber") : null,
                attempts,
                millis,
                error);
    }

    /** Returns a field of the answer by its name in the kit's API, or in an API that passes Kinesis's answer on. */
    private static @Nullable String text(JsonNode body, String name, String nameInKinesis) {
        return body.path(name).asText(body.path(nameInKinesis).asText(null));
    }

    /** Returns the {@code error} or {@code message} of the template's answers, otherwise the start of the text. */
    private static String error(Answer answer, JsonNode body) {
        StringBuilder text = new StringBuilder();
        for (String field : new String[] {"error", "code", "message", "detail"}) {
            JsonNode value = body.path(field);
            if (value.isTextual()) {
                text.append(text.isEmpty() ? "" : ": ").append(value.asText());
            }
        }
        if (text.isEmpty()) {
            String raw = answer.body().strip();
            text.append(raw.length() > 200 ? raw.substring(0, 200) : raw);
        }
        return text.isEmpty() ? "HTTP " + answer.status() : text.toString();
    }

    private static JsonNode json(String body) {
        try {
            JsonNode read = MAPPER.readTree(body);
            return read == null ? MAPPER.missingNode() : read;
        } catch (JsonProcessingException otherText) {
            return MAPPER.missingNode();
        }
    }

    /** Encodes a path segment; URLEncoder encodes forms, where a space is a plus. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
