package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Talks to an embedded runtime's own API under {@code /_ingest}. */
public final class ControlClient {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 10_000;

    private final URI endpoint;

    public ControlClient(URI endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    public JsonNode status() {
        return json("GET", "/_ingest/status", null);
    }

    public JsonNode faults() {
        return json("GET", "/_ingest/faults", null);
    }

    public JsonNode addFaults(List<String> specifications) {
        return json(
                "POST", "/_ingest/faults", MAPPER.createObjectNode().set("faults", MAPPER.valueToTree(specifications)));
    }

    public JsonNode clearFaults() {
        return json("DELETE", "/_ingest/faults", null);
    }

    public void shutdown() {
        json("POST", "/_ingest/shutdown", null);
    }

    /**
     * Reads journal entries until there are no more.
     *
     * @param after the number of the last entry already seen
     * @param visitor answers false when it has had enough
     */
    public void journal(long after, Predicate<JsonNode> visitor) {
        AtomicLong last = new AtomicLong(after);
        long before;
        boolean more;
        do {
            before = last.get();
            more = lines("/_ingest/journal?after=" + before, READ_MILLIS, entry -> {
                last.set(entry.path("number").asLong());
                return visitor.test(entry);
            });
        } while (more && last.get() > before);
    }

    /**
     * Reads journal entries, and those to come, until the visitor has had enough or the runtime ends.
     *
     * @param after the number of the last entry already seen
     * @param visitor answers false when it has had enough
     */
    public void follow(long after, Predicate<JsonNode> visitor) {
        lines("/_ingest/journal?follow=true&after=" + after, 0, visitor);
    }

    /** Answers false when the visitor has had enough. */
    private boolean lines(String path, int readMillis, Predicate<JsonNode> visitor) {
        try {
            HttpURLConnection connection = open("GET", path, null);
            connection.setReadTimeout(readMillis);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer(connection), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!visitor.test(MAPPER.readTree(line))) {
                        return false;
                    }
                }
                return true;
            } finally {
                connection.disconnect();
            }
        } catch (IOException failed) {
            throw unreachable(failed);
        }
    }

    private JsonNode json(String method, String path, @Nullable JsonNode body) {
        try {
            HttpURLConnection connection = open(method, path, body);
            try (InputStream answer = answer(connection)) {
                return Optional.ofNullable(MAPPER.readTree(answer)).orElse(MAPPER.nullNode());
            }
        } catch (IOException failed) {
            throw unreachable(failed);
        }
    }

    private HttpURLConnection open(String method, String path, @Nullable JsonNode body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(MAPPER.writeValueAsBytes(body));
        }
        return connection;
    }

    private InputStream answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 400) {
            return connection.getInputStream();
        }
        try (InputStream error = connection.getErrorStream()) {
            String text = error == null ? "" : new String(error.readAllBytes(), StandardCharsets.UTF_8);
            if (status == 400) {
                throw new CliException(
                        "REFUSED",
                        ExitCode.USAGE,
                        MAPPER.readTree(text).path("error").asText(text));
            }
            throw new CliException(
                            "NO_EMBEDDED_RUNTIME",
                            ExitCode.ENVIRONMENT,
                            "what answers at %s is no embedded runtime".formatted(endpoint))
                    .because(
                            "HTTP %d for %s"
                                    .formatted(status, connection.getURL().getPath()),
                            null)
                    .hint("this command needs one: ingest-cli up");
        }
    }

    private CliException unreachable(IOException failed) {
        return new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "no embedded runtime answers at " + endpoint)
                .because(String.valueOf(failed.getMessage()), failed)
                .hint("start one: ingest-cli up --detach");
    }
}
