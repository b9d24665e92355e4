package dev.ingestkit.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A runtime whose template a test changes, and its answers. */
record WatchedRuntime(LocalRuntime runtime) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static WatchedRuntime start(Path template) throws IOException {
        return new WatchedRuntime(
                LocalRuntime.start(LocalRuntimeConfig.of(template).withPort(0).withStackName("demo")));
    }

    /** Returns the body of the answer to a GET. */
    String get(String path) throws IOException {
        URI uri = URI.create(runtime.endpoint() + path);
        try {
            return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    JsonNode status() throws IOException {
        return JSON.readTree(get("/_ingest/status"));
    }

    /** Writes a file of the template, waits until the runtime has applied or rejected it, and returns the template's state. */
    JsonNode save(Path file, String text) throws IOException {
        Files.writeString(file, text);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !status().at("/template/state").asText().equals("loading"));
        return status().path("template");
    }

    @Override
    public void close() {
        runtime.close();
    }
}
