package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Sends an event until it is accepted, like a client that must not lose it. Thread-safe. */
final class Sender {

    private static final int MAX_TRIES = 1_000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MAX_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String submitUrl;
    private final String stream;
    private final String authorization;
    private final KinesisClient kinesis;

    Sender(URI submitUrl, String stream, String authorization, KinesisClient kinesis) {
        this.submitUrl = submitUrl + "/" + requireNonNull(stream, "stream") + "/";
        this.stream = stream;
        this.authorization = requireNonNull(authorization, "authorization");
        this.kinesis = requireNonNull(kinesis, "kinesis");
    }

    /** Posts an event to the API. */
    void post(String id, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(submitUrl + id))
                .timeout(ANSWER)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        untilAccepted(id, () -> status(request));
    }

    /** Puts a record into the stream directly. */
    void put(String id, byte[] body) {
        untilAccepted(id, () -> {
            try {
                kinesis.putRecord(
                        request -> request.streamName(stream).partitionKey(id).data(SdkBytes.fromByteArray(body)));
                return 200;
            } catch (SdkException refused) {
                return 503;
            }
        });
    }

    private interface Attempt {
        int status();
    }

    private static void untilAccepted(String id, Attempt once) {
        int status = 0;
        for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
            status = once.status();
            if (status == 200) {
                return;
            }
            if (status >= 400 && status < 500 && status != 429) {
                break;
            }
            LockSupport.parkNanos(Math.min(PAUSE * attempt, MAX_PAUSE));
        }
        throw new IllegalStateException("event %s was never accepted; last status %d".formatted(id, status));
    }

    /** Returns the status, 503 when the connection closed before the answer. */
    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 503;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while sending " + request.uri(), interrupted));
        }
    }
}
