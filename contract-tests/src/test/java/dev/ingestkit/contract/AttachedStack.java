package dev.ingestkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** Two runtimes: one holds the data and delivers nothing, the other attaches to it and runs gateway and functions. */
final class AttachedStack implements AutoCloseable {

    private static final String MAPPINGS = "/2015-03-31/event-source-mappings/";

    private final LocalRuntime data;
    private final LocalRuntimeConfig attaching;
    private LocalRuntime attached;

    /** Starts both runtimes. */
    AttachedStack(LocalRuntimeConfig config, Path state) {
        this.data = LocalRuntime.start(config);
        disableMappings();
        this.attaching = config.withAttachTo(data.endpoint()).withStateDirectory(state);
        this.attached = LocalRuntime.start(attaching);
    }

    LocalRuntime data() {
        return data;
    }

    LocalRuntime attached() {
        return attached;
    }

    /** Returns the configuration of the attached runtime. */
    LocalRuntimeConfig attaching() {
        return attaching;
    }

    /** Stops the attached runtime and starts another in its place. */
    void restart() {
        attached.close();
        attached = LocalRuntime.start(attaching);
    }

    private void disableMappings() {
        mappings(data.endpoint())
                .findValuesAsText("UUID")
                .forEach(uuid -> call(data.endpoint(), "PUT", MAPPINGS + uuid, "{\"Enabled\":false}"));
        Awaitility.await()
                .until(() -> mappings(data.endpoint()).findValuesAsText("State").stream()
                        .allMatch("Disabled"::equals));
    }

    private static JsonNode mappings(URI endpoint) {
        return call(endpoint, "GET", MAPPINGS, "");
    }

    private static JsonNode call(URI endpoint, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return new ObjectMapper()
                    .readTree(HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException failed) {
            throw new IllegalStateException("%s %s failed".formatted(method, path), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        attached.close();
        data.close();
    }
}
