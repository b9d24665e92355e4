package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Posts events to the API, several clients at a time. */
final class Sender {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String place;
    private final String authorization;
    private final Clock clock;

    /**
     * @param place the URL to which an event's id is added
     * @param authorization the header's value
     */
    Sender(String place, String authorization, Clock clock) {
        this.place = requireNonNull(place, "place");
        this.authorization = requireNonNull(authorization, "authorization");
        this.clock = requireNonNull(clock, "clock");
    }

    /** An event and what the API answered. */
    record Sent(SampleEvent event, Instant postedAt, int status, String answer) {
        boolean accepted() {
            return status == 200;
        }
    }

    /** Posts all of them; answers when the last one is answered, in the order given. */
    List<Sent> send(List<SampleEvent> events, int clients) {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Sent>> running =
                    events.stream().map(event -> pool.submit(() -> send(event))).toList();
            List<Sent> sent = new ArrayList<>();
            for (Future<Sent> one : running) {
                sent.add(one.get());
            }
            return sent;
        } catch (ExecutionException failed) {
            throw new CliException("NOT_SENT", ExitCode.FAILED, "an event could not be posted to " + place)
                    .because(String.valueOf(failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CliException("INTERRUPTED", ExitCode.INTERRUPTED, "interrupted while sending");
        } finally {
            pool.shutdownNow();
        }
    }

    private Sent send(SampleEvent event) throws IOException, InterruptedException {
        String id = URLEncoder.encode(event.id(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(place + "/" + id))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(event.payload()))
                .build();
        Instant posted = clock.instant();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Sent(event, posted, answer.statusCode(), answer.body());
    }
}
