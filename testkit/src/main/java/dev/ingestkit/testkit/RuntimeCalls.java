package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.mapping.replay.RepeatedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls of a running stack over its port, so that a test takes the same path as a client. Thread-safe. */
final class RuntimeCalls implements AutoCloseable {

    private static final ObjectMapper MAPPER = Json.mapper();
    private static final int MILLIS = 10_000;

    private final URI endpoint;
    private volatile boolean used;

    RuntimeCalls(URI endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    PutEvent put(String stream, String key, String data) {
        ObjectNode input = MAPPER.createObjectNode()
                .put("StreamName", stream)
                .put("PartitionKey", key)
                .put("Data", Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));
        JsonNode answer = aws("Kinesis_20131202.PutRecord", input, "application/x-amz-json-1.1");
        return new PutEvent(
                stream,
                key,
                answer.path("ShardId").asText(),
                answer.path("SequenceNumber").asText());
    }

    /** Returns the messages of a queue without taking them: they become visible again immediately. */
    List<String> messages(String url) {
        List<String> bodies = new ArrayList<>();
        List<String> handles = new ArrayList<>();
        while (receive(url, bodies, handles)) {
            // Until an answer is empty: an answer holds at most ten messages.
        }
        for (String handle : handles) {
            ObjectNode visible = MAPPER.createObjectNode()
                    .put("QueueUrl", url)
                    .put("ReceiptHandle", handle)
                    .put("VisibilityTimeout", 0);
            aws("AmazonSQS.ChangeMessageVisibility", visible, "application/x-amz-json-1.0");
        }
        return bodies;
    }

    private boolean receive(String url, List<String> bodies, List<String> handles) {
        ObjectNode input = MAPPER.createObjectNode()
                .put("QueueUrl", url)
                .put("MaxNumberOfMessages", 10)
                .put("VisibilityTimeout", 60)
                .put("WaitTimeSeconds", 0);
        JsonNode messages = aws("AmazonSQS.ReceiveMessage", input, "application/x-amz-json-1.0")
                .path("Messages");
        messages.forEach(message -> {
            bodies.add(message.path("Body").asText());
            handles.add(message.path("ReceiptHandle").asText());
        });
        return !messages.isEmpty();
    }

    /** Returns the names of the streams that event source mappings read. */
    Set<String> streamsWithMappings() {
        Set<String> streams = new TreeSet<>();
        call("GET", "/2015-03-31/event-source-mappings/", null, null, null)
                .path("EventSourceMappings")
                .forEach(mapping -> Arn.tryParse(mapping.path("EventSourceArn").asText())
                        .filter(source -> source.resourceType().equals("stream"))
                        // A consumer's ARN continues behind the stream's name.
                        .map(source -> source.resourceName().split("/", 2)[0])
                        .ifPresent(streams::add));
        return streams;
    }

    /** Returns the event source mappings of a function, those of its versions and aliases among them. */
    List<RepeatedEvent.Mapping> mappingsOf(String function) {
        List<RepeatedEvent.Mapping> mappings = new ArrayList<>();
        for (JsonNode mapping : call("GET", "/2015-03-31/event-source-mappings/", null, null, null)
                .path("EventSourceMappings")) {
            if (Arn.functionNameIn(mapping.path("FunctionArn").asText()).equals(function)) {
                String types = mapping.path("FunctionResponseTypes").toString();
                mappings.add(new RepeatedEvent.Mapping(
                        mapping.path("EventSourceArn").asText(), types.contains("ReportBatchItemFailures")));
            }
        }
        return mappings;
    }

    void addFault(String specification) {
        ObjectNode body = MAPPER.createObjectNode();
        body.putArray("faults").add(specification);
        call("POST", "/_ingest/faults", "application/json", null, body);
    }

    void clearFaults() {
        call("DELETE", "/_ingest/faults", null, null, null);
    }

    FunctionAnswer invoke(String function, byte[] event) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) endpoint.resolve("/2015-03-31/functions/%s/invocations".formatted(function))
                            .toURL()
                            .openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.getOutputStream().write(event);
            if (connection.getResponseCode() >= 400 && connection.getErrorStream() != null) {
                try (InputStream refusal = connection.getErrorStream()) {
                    throw new AssertionError("the function '%s' cannot be invoked: %s"
                            .formatted(function, new String(refusal.readAllBytes(), StandardCharsets.UTF_8)));
                }
            }
            try (InputStream in = connection.getInputStream()) {
                return new FunctionAnswer(
                        connection.getHeaderField("X-Amz-Function-Error") != null,
                        new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the function '%s' cannot be invoked".formatted(function), failed);
        }
    }

    /** Returns the URL of an API's stage: of the first API if there is no name. */
    String apiUrl(@Nullable String logicalId) {
        List<String> names = new ArrayList<>();
        for (JsonNode api : call("GET", "/_ingest/status", null, null, null).path("apis")) {
            if (logicalId == null || api.path("name").asText().equals(logicalId)) {
                return api.path("url").asText();
            }
            names.add(api.path("name").asText());
        }
        throw new IllegalArgumentException(
                logicalId == null
                        ? "the template has no API"
                        : "'%s' is not an API of the template; known are %s".formatted(logicalId, names));
    }

    /** Returns a secret's user and password as HTTP's Basic credentials. */
    String basicCredentials(String secretArn) {
        String secret = aws(
                        "secretsmanager.GetSecretValue",
                        MAPPER.createObjectNode().put("SecretId", secretArn),
                        "application/x-amz-json-1.1")
                .path("SecretString")
                .asText();
        try {
            JsonNode user = MAPPER.readTree(secret);
            String pair =
                    user.path("username").asText() + ":" + user.path("password").asText();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            throw new IllegalArgumentException(
                    "the secret '%s' is not JSON with a username and a password".formatted(secretArn), malformed);
        }
    }

    private JsonNode aws(String target, ObjectNode input, String type) {
        return call("POST", "/", type, target, input);
    }

    private JsonNode call(
            String method, String path, @Nullable String type, @Nullable String target, @Nullable ObjectNode body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) endpoint.resolve(path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            if (target != null) {
                connection.setRequestProperty("X-Amz-Target", target);
            }
            if (type != null && body != null) {
                connection.setRequestProperty("Content-Type", type);
                connection.setDoOutput(true);
                connection.getOutputStream().write(MAPPER.writeValueAsBytes(body));
            }
            used = true;
            return answer(connection, target == null ? method + " " + path : target);
        } catch (IOException failed) {
            throw new UncheckedIOException("the stack at %s does not answer".formatted(endpoint), failed);
        }
    }

    private static JsonNode answer(HttpURLConnection connection, String call) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] text = in == null ? new byte[0] : in.readAllBytes();
            if (status >= 400) {
                throw new IllegalStateException(
                        "%s failed with HTTP %d: %s".formatted(call, status, new String(text, StandardCharsets.UTF_8)));
            }
            return text.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(text);
        }
    }

    /**
     * Closes the connection that the JVM keeps open for the next call: it would outlive the stack by seconds. Call it before
     * the stack stops. Idempotent.
     */
    @Override
    public void close() {
        if (!used) {
            return;
        }
        used = false;
        try {
            HttpURLConnection last = (HttpURLConnection)
                    endpoint.resolve("/_ingest/clock").toURL().openConnection();
            int unused = last.getResponseCode();
            last.disconnect();
        } catch (IOException failed) {
            throw new UncheckedIOException("the stack at %s does not answer".formatted(endpoint), failed);
        }
    }
}
