package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.JournalEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the control API of an embedded runtime, under {@code /_ingest}. */
public final class ControlClient {

    private static final ObjectMapper MAPPER = Json.mapper();
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 10_000;
    /** A year of retries takes a while, and so does a state of gigabytes. */
    private static final int LONG_MILLIS = 600_000;

    private static final String SNAPSHOTS = "/_ingest/snapshots";

    private final URI endpoint;

    /** Creates a client; it connects to nothing yet. */
    public ControlClient(URI endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /** Returns the runtime's status. */
    public JsonNode status() {
        return json("GET", "/_ingest/status", null);
    }

    /**
     * Reads the lines of the functions' output that exist now.
     *
     * @param after the number of the last line already seen
     * @return the number of the last line
     */
    public long logs(long after, Consumer<JsonNode> visitor) {
        long last = after;
        boolean more = true;
        while (more) {
            List<JsonNode> page = new ArrayList<>();
            read("/_ingest/logs?after=" + last, READ_MILLIS, line -> page.add(MAPPER.readTree(line)));
            page.forEach(visitor);
            more = !page.isEmpty();
            last = more ? page.get(page.size() - 1).path("number").asLong() : last;
        }
        return last;
    }

    /** Reads the failed invocations that the runtime keeps, oldest first, each with its event as text. */
    public void failures(Consumer<JsonNode> visitor) {
        read("/_ingest/failures", READ_MILLIS, line -> {
            visitor.accept(MAPPER.readTree(line));
            return true;
        });
    }

    /** Returns the configured faults with their counts. */
    public JsonNode faults() {
        return json("GET", "/_ingest/faults", null);
    }

    /** Adds faults, and returns all configured ones. */
    public JsonNode addFaults(List<String> specifications) {
        return json(
                "POST", "/_ingest/faults", MAPPER.createObjectNode().set("faults", MAPPER.valueToTree(specifications)));
    }

    /** Removes all faults. */
    public JsonNode clearFaults() {
        return json("DELETE", "/_ingest/faults", null);
    }

    /** Returns the runtime's clock. */
    public JsonNode clock() {
        return json("GET", "/_ingest/clock", null);
    }

    /** Stops the runtime's clock, and returns it. */
    public JsonNode freezeClock() {
        return json("POST", "/_ingest/clock", MAPPER.createObjectNode().put("action", "freeze"));
    }

    /** Lets the runtime's clock run on, and returns it. */
    public JsonNode resumeClock() {
        return json("POST", "/_ingest/clock", MAPPER.createObjectNode().put("action", "resume"));
    }

    /** Moves the runtime's clock forward and returns it when everything that became due has finished. */
    public JsonNode advanceClock(Duration by) {
        JsonNode body = MAPPER.createObjectNode().put("action", "advance").put("by", by.toString());
        return json("POST", "/_ingest/clock", body, LONG_MILLIS);
    }

    /** Returns the saved snapshots, and their directory. */
    public JsonNode snapshots() {
        return json("GET", SNAPSHOTS, null);
    }

    /**
     * Saves a snapshot, and returns its description.
     *
     * @param replace whether a snapshot of the name is replaced
     */
    public JsonNode saveSnapshot(String name, boolean replace) {
        ObjectNode body = MAPPER.createObjectNode().put("action", "save").put("name", name);
        return json("POST", SNAPSHOTS, body.put("replace", replace), LONG_MILLIS);
    }

    /** Replaces the runtime's state with a snapshot, and returns the snapshot's description. */
    public JsonNode loadSnapshot(String name) {
        return json(
                "POST",
                SNAPSHOTS,
                MAPPER.createObjectNode().put("action", "load").put("name", name),
                LONG_MILLIS);
    }

    /** Deletes a snapshot. */
    public void deleteSnapshot(String name) {
        json("DELETE", SNAPSHOTS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8), null);
    }

    /**
     * Fires a schedule or rule, and returns the event that was sent with its targets.
     *
     * @param event empty for the event of its schedule
     */
    public JsonNode fire(String name, Optional<JsonNode> event) {
        ObjectNode body = MAPPER.createObjectNode().put("name", name);
        event.ifPresent(given -> body.set("event", given));
        return json("POST", "/_ingest/fire", body);
    }

    /** Loads a function's code again, and returns its name as {@code reloading}. */
    public JsonNode reload(String function) {
        return json(
                "POST", "/_ingest/functions/" + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/reload", null);
    }

    /** Reads the template again, and returns its state. */
    public JsonNode reloadTemplate() {
        return json("POST", "/_ingest/template", null);
    }

    /** Returns the file with the certificate of the runtime's TLS, made now if need be; empty if it cannot be made. */
    public Optional<String> certificate() {
        JsonNode file = json("GET", "/_ingest/certificate", null).path("file");
        return Optional.ofNullable(file.textValue());
    }

    /** Asks the runtime to stop; does not wait for it. */
    public void shutdown() {
        json("POST", "/_ingest/shutdown", null);
    }

    /**
     * Reads the journal entries that exist now.
     *
     * @param after the number of the last entry already seen
     * @param visitor returns false to stop
     */
    public void journal(long after, Predicate<JournalEntry> visitor) {
        AtomicLong last = new AtomicLong(after);
        long before;
        boolean more;
        do {
            before = last.get();
            more = lines("/_ingest/journal?after=" + before, READ_MILLIS, entry -> {
                last.set(entry.number());
                return visitor.test(entry);
            });
        } while (more && last.get() > before);
    }

    /**
     * Reads journal entries, existing and future ones, until the visitor or the runtime stops.
     *
     * @param after the number of the last entry already seen
     * @param visitor returns false to stop
     */
    public void follow(long after, Predicate<JournalEntry> visitor) {
        lines("/_ingest/journal?follow=true&after=" + after, 0, visitor);
    }

    /** Returns false when the visitor stopped. */
    private boolean lines(String path, int readMillis, Predicate<JournalEntry> visitor) {
        return read(path, readMillis, line -> visitor.test(JournalParser.parse(line)));
    }

    /** Reads a line; returns false to stop. */
    @FunctionalInterface
    private interface LineReader {
        boolean read(String line) throws IOException;
    }

    private boolean read(String path, int readMillis, LineReader reader) {
        try {
            HttpURLConnection connection = open("GET", path, null);
            connection.setReadTimeout(readMillis);
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer(connection), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!reader.read(line)) {
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
        return json(method, path, body, READ_MILLIS);
    }

    private JsonNode json(String method, String path, @Nullable JsonNode body, int readMillis) {
        try {
            HttpURLConnection connection = open(method, path, body);
            connection.setReadTimeout(readMillis);
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
            if (status == 500 && text.startsWith("{\"error\"")) {
                throw new CliException(
                        "RUNTIME_FAILED",
                        ExitCode.FAILED,
                        MAPPER.readTree(text).path("error").asText(text));
            }
            throw new CliException(
                            "NO_EMBEDDED_RUNTIME",
                            ExitCode.ENVIRONMENT,
                            "the endpoint %s is not an embedded runtime".formatted(endpoint))
                    .because(
                            "HTTP %d for %s"
                                    .formatted(status, connection.getURL().getPath()),
                            null)
                    .hint("start an embedded runtime: ingest-cli up");
        }
    }

    private CliException unreachable(IOException failed) {
        return new CliException("UNREACHABLE", ExitCode.ENVIRONMENT, "no embedded runtime answers at " + endpoint)
                .because(String.valueOf(failed.getMessage()), failed)
                .hint("start one: ingest-cli up --detach");
    }
}
