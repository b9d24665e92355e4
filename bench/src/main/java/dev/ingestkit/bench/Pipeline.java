package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline under measurement: an embedded one started by the launcher as a user would start it, or a running one,
 * named by {@code INGEST_ENDPOINT} and {@code INGEST_SUBMIT_URL}. Thread-safe.
 */
final class Pipeline implements AutoCloseable {

    /** The checkout that contains this program. */
    static final Path HOME = home();

    /** The launcher under measurement: that of {@code BENCH_CHECKOUT}, or else of {@link #HOME}. */
    static final Path LAUNCHER = launcher();

    private static final String JSON_TYPE = "application/json";

    private final @Nullable Process process;
    private final JsonNode facts;
    private final String authorization;
    private final AwsCalls calls;

    private Pipeline(@Nullable Process process, JsonNode facts) {
        this.process = process;
        this.facts = facts;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.calls = new AwsCalls(http, URI.create(facts.get("endpoint").asText()));
        this.authorization = authorization();
    }

    /** Starts an embedded pipeline on a free port; returns when it is ready. */
    static Pipeline start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** Works as {@link #start(String...)}, with environment variables besides this process's. */
    static Pipeline start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "up", "--port", "0"));
        command.addAll(List.of("-o", "json"));
        command.addAll(List.of(arguments));
        Path log = Files.createDirectories(HOME.resolve("bench/target")).resolve("pipeline.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().putAll(variables);
        Process process = builder.start();
        // Stopping the program must stop its pipeline.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-of-pipeline"));
        try {
            return new Pipeline(process, firstObject(process.getInputStream()));
        } catch (IOException | RuntimeException failed) {
            process.destroy();
            throw new IOException("the pipeline did not start: " + Files.readString(log), failed);
        }
    }

    /**
     * Works as {@link #start(String...)}, with a stage without throttling: the template's own rate is not under
     * measurement.
     */
    static Pipeline startUnthrottled() throws IOException {
        return startUnthrottled(Map.of());
    }

    /** Works as {@link #startUnthrottled()}, with environment variables besides this process's. */
    static Pipeline startUnthrottled(Map<String, String> variables, String... arguments) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("--parameter", "ThrottleRate=10000", "--parameter", "ThrottleBurst=5000"));
        all.addAll(List.of(arguments));
        return start(variables, all.toArray(String[]::new));
    }

    private static JsonNode firstObject(InputStream out) throws IOException {
        return AwsCalls.JSON.readerFor(JsonNode.class).<JsonNode>readValues(out).next();
    }

    /** Returns an embedded pipeline of its own, started with the arguments, or the one that the environment names. */
    static Pipeline open(String... arguments) throws IOException {
        String endpoint = System.getenv("INGEST_ENDPOINT");
        if (endpoint == null) {
            return startUnthrottled(Map.of(), arguments);
        }
        String submit = System.getenv("INGEST_SUBMIT_URL");
        String stack = System.getenv().getOrDefault("INGEST_STACK", "ingest-kit");
        if (submit == null) {
            throw new IllegalArgumentException("INGEST_ENDPOINT also needs INGEST_SUBMIT_URL");
        }
        var facts = AwsCalls.object().put("endpoint", endpoint).put("submitUrl", submit);
        facts.put("stream", System.getenv().getOrDefault("INGEST_STREAM", stack + "-events"));
        facts.put("table", System.getenv().getOrDefault("INGEST_TABLE", stack + "-Table"));
        facts.put("secretArn", System.getenv().getOrDefault("INGEST_SECRET", stack + "-Credentials"));
        return new Pipeline(null, facts);
    }

    /** Returns a running pipeline by its endpoint, submitUrl, stream, table and secretArn. */
    static Pipeline at(JsonNode facts) {
        return new Pipeline(null, facts);
    }

    private static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve("ingest-cli"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no ingest-cli in the working directory or above it: run the program in the checkout");
        }
        return folder;
    }

    private static Path launcher() {
        String checkout = System.getenv("BENCH_CHECKOUT");
        Path launcher = (checkout == null ? HOME : Path.of(checkout)).resolve("ingest-cli");
        if (!Files.isExecutable(launcher)) {
            throw new IllegalArgumentException(
                    "no executable " + launcher + ": set BENCH_CHECKOUT to the folder of a checkout");
        }
        return launcher;
    }

    private String authorization() {
        JsonNode secret = calls.call(
                "secretsmanager",
                "GetSecretValue",
                AwsCalls.object().put("SecretId", facts.get("secretArn").asText()));
        JsonNode pair = AwsCalls.read(secret.get("SecretString").asText().getBytes(StandardCharsets.UTF_8));
        String text = pair.get("username").asText() + ":" + pair.get("password").asText();
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a POST of one event, ready to be sent. */
    HttpRequest post(String eventId, byte[] body) {
        String id = URLEncoder.encode(eventId, StandardCharsets.UTF_8).replace("+", "%20");
        return HttpRequest.newBuilder(URI.create(facts.get("submitUrl").asText() + "/" + stream() + "/" + id))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", JSON_TYPE)
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** Returns a client for one thread. */
    EventClient client() throws IOException {
        URI submit = URI.create(facts.get("submitUrl").asText() + "/" + stream());
        return new EventClient(submit, authorization, calls, table());
    }

    /**
     * Sends one event and waits until the pipeline accepts it.
     *
     * @throws IllegalStateException when the pipeline rejects it
     */
    void submit(String eventId, byte[] body) {
        HttpResponse<byte[]> answer = calls.send(post(eventId, body));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("event %s was answered with %d: %s"
                    .formatted(eventId, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
        }
    }

    AwsCalls calls() {
        return calls;
    }

    Table table() {
        return new Table(calls, facts.get("table").asText());
    }

    String endpoint() {
        return facts.get("endpoint").asText();
    }

    String stream() {
        return facts.get("stream").asText();
    }

    /**
     * Returns the processes of the pipeline: the runtime and its functions; empty for one that this program did not
     * start.
     */
    List<ProcessHandle> processes() {
        if (process == null) {
            return List.of();
        }
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
