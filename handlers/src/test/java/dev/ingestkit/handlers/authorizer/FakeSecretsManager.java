package dev.ingestkit.handlers.authorizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Answers GetSecretValue over real HTTP, and fails on request. */
final class FakeSecretsManager implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One request as received. */
    record Call(String method, Map<String, java.util.List<String>> headers, JsonNode body) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(name, java.util.List.of()));
        }
    }

    /** An error to answer instead of the secret. */
    record Failure(int status, String body) {}

    private record Version(String secretString, Instant createdAt) {}

    private final HttpServer server;
    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Failure outage;

    FakeSecretsManager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void put(String stage, String secretString, Instant createdAt) {
        versions.put(stage, new Version(secretString, createdAt));
    }

    void put(String stage, String username, String password, Instant createdAt) {
        ObjectNode secret = JSON.createObjectNode().put("username", username).put("password", password);
        put(stage, secret.toString(), createdAt);
    }

    /** Adds a version and moves the current one to AWSPREVIOUS, as a rotation does. */
    void rotate(String username, String password, Instant at) {
        Version old = versions.get("AWSCURRENT");
        if (old != null) {
            versions.put("AWSPREVIOUS", old);
        }
        put("AWSCURRENT", username, password, at);
    }

    void remove(String stage) {
        versions.remove(stage);
    }

    /** Makes the next calls fail, one for each failure. */
    void failNext(Failure... next) {
        failures.addAll(java.util.List.of(next));
    }

    /** Makes all calls fail until {@link #recover}. */
    void failAll(Failure failure) {
        outage = failure;
    }

    void recover() {
        outage = null;
    }

    Queue<Call> calls() {
        return calls;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        calls.add(new Call(exchange.getRequestMethod(), Map.copyOf(exchange.getRequestHeaders()), body));
        Failure failure = outage != null ? outage : failures.poll();
        if (failure != null) {
            write(exchange, failure.status(), failure.body());
            return;
        }
        Version version = versions.get(body.path("VersionStage").asText("AWSCURRENT"));
        if (version == null) {
            write(exchange, 400, "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"no such version\"}");
            return;
        }
        ObjectNode answer = JSON.createObjectNode()
                .put("ARN", body.path("SecretId").asText())
                .put("SecretString", version.secretString())
                .put("CreatedDate", version.createdAt().toEpochMilli() / 1000.0);
        write(exchange, 200, answer.toString());
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
