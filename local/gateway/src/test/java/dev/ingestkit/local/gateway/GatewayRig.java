package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A gateway with a function and a service that a test scripts, and a clock that the test moves. */
public final class GatewayRig implements AutoCloseable {

    /** A call of the service. */
    record Call(String service, String action, Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return GatewayRig.json(body);
        }
    }

    static final String PUT = "{\"ShardId\":\"shardId-000000000000\",\"SequenceNumber\":\"4966\"}";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    final List<byte[]> events = new CopyOnWriteArrayList<>();
    public final List<Call> calls = new CopyOnWriteArrayList<>();
    final Journal journal = new Journal(clock());
    volatile Function<JsonNode, CompletableFuture<Invocation>> function =
            event -> succeeded(SubmitApi.allow("arn:aws:execute-api:us-east-1:000000000000:abc123/prod/*", Map.of()));
    volatile Function<Call, CompletionStage<IntegrationBackend.Answer>> service = call -> answer(200, PUT);
    volatile Faults faults = Faults.NONE;
    final ScriptedKeys keys = new ScriptedKeys();
    final Gateway gateway;

    public GatewayRig(ApiDefinition... definitions) {
        FunctionInvoker functions = (name, payload) -> {
            events.add(payload);
            return function.apply(json(payload));
        };
        IntegrationBackend services = (name, action, headers, body) -> {
            Call call = new Call(name, action, headers, body);
            calls.add(call);
            return service.apply(call);
        };
        Gateway.Parts parts = new Gateway.Parts(
                functions,
                services,
                journal,
                (stage, target) -> faults.next(stage, target),
                clock(),
                () -> UUID.fromString("11111111-2222-4333-8444-555555555555"),
                keys);
        gateway = new Gateway(List.of(definitions), parts, new Gateway.Location("us-east-1", "000000000000"));
    }

    static CompletableFuture<Invocation> succeeded(String payload) {
        return invocation(null, payload);
    }

    static CompletableFuture<Invocation> failed(String message) {
        return invocation("Unhandled", "{\"errorMessage\":" + JsonValues.print(message) + "}");
    }

    static CompletableFuture<IntegrationBackend.Answer> answer(int status, String body) {
        return CompletableFuture.completedFuture(
                new IntegrationBackend.Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    public static HttpRequest post(String path, String body, String... headers) {
        return request("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static HttpRequest request(String method, String target, byte[] body, String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        Map<String, String> sentNames = new LinkedHashMap<>();
        all.put("host", List.of("localhost:4566"));
        for (int i = 0; i < headers.length; i += 2) {
            String lowerCase = headers[i].toLowerCase(Locale.ROOT);
            sentNames.putIfAbsent(lowerCase, headers[i]);
            all.computeIfAbsent(lowerCase, name -> new ArrayList<>()).add(headers[i + 1]);
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new HttpRequest(method, path, query, all, sentNames, body, "127.0.0.1");
    }

    /** Returns a typical submit request with credentials and JSON. */
    Shown submit(String id, String body) {
        return send(post(
                "/prod/submit/orders/" + id, body, "Authorization", "Basic eA==", "Content-Type", MediaTypes.JSON));
    }

    public Shown send(HttpRequest request) {
        return Shown.of(gateway.handle(request)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
    }

    public Call onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("expected one call of the service, found " + calls.size());
        }
        return calls.get(0);
    }

    List<JournalEvent> journalled() {
        return journal.after(0, 1_000).stream().map(JournalEntry::event).toList();
    }

    void pass(Duration time) {
        now.updateAndGet(at -> at.plus(time));
    }

    @Override
    public void close() {
        gateway.close();
    }

    static JsonNode json(byte[] bytes) {
        try {
            return SubmitApi.MAPPER.readTree(bytes);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static CompletableFuture<Invocation> invocation(
            @org.jspecify.annotations.Nullable String error, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedFuture(new Invocation("i", error, bytes, Duration.ZERO, ""));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return java.util.Objects.requireNonNull(now.get());
            }
        };
    }

    /** A response with its body read. */
    public record Shown(int status, Map<String, List<String>> headers, String body) {

        static Shown of(HttpResponse response) {
            byte[] content = ((HttpResponse.Bytes) response.body()).content();
            return new Shown(response.status(), response.headers(), new String(content, StandardCharsets.UTF_8));
        }

        String header(String name) {
            return String.join(",", headers.getOrDefault(name, List.of()));
        }

        JsonNode json() {
            return GatewayRig.json(body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
