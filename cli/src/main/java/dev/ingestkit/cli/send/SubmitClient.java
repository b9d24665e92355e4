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
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Posts events to the API, with retries on 429, 5xx and no answer. Thread-safe. */
public final class SubmitClient {

    /** API Gateway answers within 29 seconds. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(35);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final ObjectMapper MAPPER = Json.mapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private final String authorization;
    private final int retries;
    private final RetryDelay backoff;

    /**
     * @param submitUrl the URL up to and including {@code /submit}
     * @param stream the stream's name, the next part of the path
     * @param authorization the value of the Authorization header
     * @param retries the maximum of retries of an event
     */
    public SubmitClient(URI submitUrl, String stream, String authorization, int retries, RandomGenerator random) {
        String url = submitUrl.toString();
        this.base = (url.endsWith("/") ? url : url + "/") + segment(stream) + "/";
        this.authorization = requireNonNull(authorization, "authorization");
        this.retries = retries;
        this.backoff = new RetryDelay(random);
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

    /** Posts an event until it is accepted, finally rejected, or out of retries. */
    public Outcome submit(OutgoingEvent event) throws InterruptedException {
        return submit(event, SendClock.system());
    }

    /** Posts an event by a clock; a stop cancels the retries, and the last answer counts. */
    Outcome submit(OutgoingEvent event, SendClock clock) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + segment(event.id())))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.payload()))
                .build();
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

    private static Outcome outcome(OutgoingEvent event, Answer answer, int attempts, double millis) {
        JsonNode body = json(answer.body());
        boolean accepted = answer.status() >= 200 && answer.status() < 300;
        String error = accepted ? null : answer.failure() == null ? error(answer, body) : answer.failure();
        return new Outcome(
                event.number(),
                event.id(),
                answer.status(),
                accepted ? body.path("shardId").asText(null) : null,
                accepted ? body.path("sequenceNumber").asText(null) : null,
                attempts,
                millis,
                error);
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
    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }
}
