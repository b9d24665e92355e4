package dev.ingestkit.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forwards calls to an endpoint up to a given one whose answer it withholds, and drops every connection from then on.
 * For the caller this equals its own death at that point: the call took effect, and nothing more happens.
 */
final class DyingEndpoint implements AutoCloseable {

    private static final List<String> PASSED_ON =
            List.of("x-amz-target", "content-type", "authorization", "x-amz-date", "x-amz-invocation-type");

    private final URI behind;
    private final int last;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private int calls;

    /** @param last number of the first call without an answer; calls that look for the stack do not count */
    DyingEndpoint(URI behind, int last) throws IOException {
        this.behind = behind;
        this.last = last;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Returns whether the caller made the call whose answer was withheld. */
    synchronized boolean died() {
        return calls >= last;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int call = count(exchange, body);
        if (call > last) {
            exchange.close();
            return;
        }
        try {
            HttpResponse<byte[]> answer = client.send(request(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
            if (call == last) {
                exchange.close();
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":") && !name.equalsIgnoreCase("content-length")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private synchronized int count(HttpExchange exchange, byte[] body) {
        boolean work = exchange.getRequestHeaders().containsKey("X-Amz-Target")
                || exchange.getRequestURI().getPath().contains("/invocations");
        if (calls >= last) {
            return last + 1;
        }
        calls += work && body.length > 0 ? 1 : 0;
        return work ? calls : 0;
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
