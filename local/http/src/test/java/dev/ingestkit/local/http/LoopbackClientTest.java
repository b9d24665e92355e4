package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoopbackClientTest {

    private static final int CONNECTIONS = 3;

    @Test
    void eachCallGetsItsOwnResponse() throws Exception {
        try (HttpServer server = server(request -> CompletableFuture.completedFuture(echo(request)));
                LoopbackClient client = client(server)) {
            List<CompletableFuture<HttpResponse>> responses = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                responses.add(client.post(Map.of("X-Call", "h" + call), bytes("b" + call)));
            }
            for (int call = 0; call < 200; call++) {
                assertThat(text(responses.get(call))).isEqualTo("h" + call + " b" + call);
            }
        }
    }

    @Test
    void callsInFlightAreBoundedByConnections() throws Exception {
        ConcurrentLinkedQueue<CompletableFuture<HttpResponse>> held = new ConcurrentLinkedQueue<>();
        CountDownLatch full = new CountDownLatch(CONNECTIONS);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger max = new AtomicInteger();
        try (HttpServer server = server(request -> {
                    max.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    CompletableFuture<HttpResponse> response = new CompletableFuture<>();
                    held.add(response);
                    full.countDown();
                    return response;
                });
                LoopbackClient client = client(server)) {
            List<CompletableFuture<HttpResponse>> responses = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                responses.add(client.post(Map.of(), bytes("")));
            }
            assertThat(full.await(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> all = CompletableFuture.allOf(responses.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                CompletableFuture<HttpResponse> next = held.poll();
                if (next != null) {
                    inFlight.decrementAndGet();
                    next.complete(HttpResponse.text(200, ""));
                }
                Thread.onSpinWait();
            }
            assertThat(max).hasValue(CONNECTIONS);
        }
    }

    @Test
    void aDroppedConnectionFailsOnlyItsOwnCall() throws Exception {
        try (HttpServer server = server(request -> text(request).equals("drop")
                        ? CompletableFuture.failedFuture(new DroppedConnectionException())
                        : CompletableFuture.completedFuture(echo(request)));
                LoopbackClient client = client(server)) {
            for (int round = 0; round < 2 * CONNECTIONS; round++) {
                CompletableFuture<HttpResponse> dropped = client.post(Map.of("X-Call", "h"), bytes("drop"));
                CompletableFuture<HttpResponse> other = client.post(Map.of("X-Call", "h"), bytes("keep"));

                assertThat(dropped)
                        .failsWithin(30, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .withCauseInstanceOf(IOException.class);
                assertThat(text(other)).isEqualTo("h keep");
            }
        }
    }

    @Test
    void aStoppedServerFailsEveryWaitingCall() {
        HttpServer server = server(request -> CompletableFuture.completedFuture(echo(request)));
        try (LoopbackClient client = client(server)) {
            server.close();
            for (int call = 0; call < 2 * CONNECTIONS; call++) {
                assertThat(client.post(Map.of(), bytes("x")))
                        .failsWithin(30, TimeUnit.SECONDS)
                        .withThrowableThat()
                        .withMessageContaining("does not answer");
            }
        }
    }

    @Test
    void closedClientsFailAllCalls() {
        try (HttpServer server = server(request -> new CompletableFuture<>())) {
            LoopbackClient client = client(server);
            CompletableFuture<HttpResponse> inFlight = client.post(Map.of(), bytes("x"));
            client.close();
            client.close();

            assertThat(inFlight).failsWithin(30, TimeUnit.SECONDS);
            assertThat(client.post(Map.of(), bytes("x"))).failsWithin(30, TimeUnit.SECONDS);
        }
    }

    private static HttpServer server(HttpHandler handler) {
        return HttpServer.start(HttpServerConfig.loopback(0), handler);
    }

    private static LoopbackClient client(HttpServer server) {
        return new LoopbackClient(
                "calls", new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), CONNECTIONS);
    }

    private static HttpResponse echo(HttpRequest request) {
        return HttpResponse.text(200, request.header("X-Call").orElse("") + " " + text(request));
    }

    private static String text(HttpRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static String text(CompletableFuture<HttpResponse> response) throws Exception {
        HttpResponse.Bytes body =
                (HttpResponse.Bytes) response.get(30, TimeUnit.SECONDS).body();
        return new String(body.content(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
