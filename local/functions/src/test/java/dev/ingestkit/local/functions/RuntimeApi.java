package dev.ingestkit.local.functions;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The API from which Lambda's own client takes events: serves each event once and leaves the request after the last one
 * open. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

    /**
     * A post of the client.
     *
     * @param number of the event, from 0; -1 for a failed initialization
     * @param kind {@code response} or {@code error}
     */
    record Posted(int number, String kind, String body) {}

    private static final String PREFIX = "/2018-06-01/runtime/";
    private static final String INVOCATION = PREFIX + "invocation/";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Queue<String> events;
    private final AtomicInteger given = new AtomicInteger();
    private final BlockingQueue<Posted> posted = new LinkedBlockingQueue<>();

    RuntimeApi(List<String> events) throws IOException {
        this.events = new ConcurrentLinkedQueue<>(events);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext(INVOCATION + "next", this::next);
        server.createContext(PREFIX, this::posted);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    BlockingQueue<Posted> posted() {
        return posted;
    }

    private void next(HttpExchange exchange) throws IOException {
        int number;
        String event;
        synchronized (events) {
            event = events.poll();
            number = event == null ? -1 : given.getAndIncrement();
        }
        if (event == null) {
            return;
        }
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", Integer.toString(number));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:f");
        exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", "Root=1-0-0;Sampled=1");
        send(exchange, 200, event);
    }

    private void posted(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        String[] steps = path.substring(PREFIX.length()).split("/", -1);
        int number = path.startsWith(INVOCATION) ? Integer.parseInt(steps[1]) : -1;
        posted.add(new Posted(number, steps[steps.length - 1], body));
        send(exchange, 202, "{}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
