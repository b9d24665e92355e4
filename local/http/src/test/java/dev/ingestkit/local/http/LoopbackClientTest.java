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
    void eachCallGetsItsOwnAnswer() throws Exception {
        try (HttpServer server = server(request -> CompletableFuture.completedFuture(echo(request)));
                LoopbackClient client = client(server)) {
            List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                answers.add(client.post(Map.of("X-Call", "h" + call), bytes("b" + call)));
            }
            for (int call = 0; call < 200; call++) {
                assertThat(text(answers.get(call))).isEqualTo("h" + call + " b" + call);
            }
        }
    }

    @Test
    void noMoreCallsAreUnderWayThanThereAreConnections() throws Exception {
        ConcurrentLinkedQueue<CompletableFuture<HttpResponse>> held = new ConcurrentLinkedQueue<>();
        CountDownLatch full = new CountDownLatch(CONNECTIONS);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (HttpServer server = server(request -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
                    held.add(answer);
                    full.countDown();
                    return answer;
                });
                LoopbackClient client = client(server)) {
            List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();
            for (int call = 0; call < 20; call++) {
                answers.add(client.post(Map.of(), bytes("")));
            }
            assertThat(full.await(30, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                CompletableFuture<HttpResponse> next = held.poll();
                if (next != null) {
                    underWay.decrementAndGet();
                    next.complete(HttpResponse.text(200, ""));
                }
                Thread.onSpinWait();
            }
            assertThat(most).hasValue(CONNECTIONS);
        }
    }

    @Test
    void aConnectionThatEndsFailsItsCallAloneAndIsReplaced() throws Exception {
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
    void aServerThatIsGoneFailsEveryCallThatWaits() {
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
    void callsUnderWayAndLaterOnesFailOnceItIsClosed() {
        try (HttpServer server = server(request -> new CompletableFuture<>())) {
            LoopbackClient client = client(server);
            CompletableFuture<HttpResponse> underWay = client.post(Map.of(), bytes("x"));
            client.close();
            client.close();

            assertThat(underWay).failsWithin(30, TimeUnit.SECONDS);
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

    private static String text(CompletableFuture<HttpResponse> answer) throws Exception {
        HttpResponse.Bytes body =
                (HttpResponse.Bytes) answer.get(30, TimeUnit.SECONDS).body();
        return new String(body.content(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
