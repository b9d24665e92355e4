package dev.ingestkit.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.local.events.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The environment of a function on Lambda, as far as a cold start needs it: the Runtime API, which serves an event a
 * given number of times and then waits, Secrets Manager with one secret, and a table that accepts everything.
 * Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {

    /** The function's answer to the event, which was served at {@code givenAt}. */
    record Answer(boolean failed, String body, long givenAt, long nanoTime) {}

    private static final String SECRET = "{\"username\":\"ingest\",\"password\":\"a right password\"}";

    private final HttpServer server;
    private final byte[] event;
    private final int times;
    private final AtomicInteger given = new AtomicInteger();
    private volatile long givenAt;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    RuntimeApi(String event) throws IOException {
        this(event, 1);
    }

    /** @param times how many times the event is served */
    RuntimeApi(String event, int times) throws IOException {
        this.times = times;
        // Headers and body leave in separate packets; with Nagle's algorithm the second would wait 40 ms for the
        // acknowledgment.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        this.event = event.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(DaemonThreads.named("runtime-api")));
        server.createContext("/2018-06-01/runtime/invocation/next", this::next);
        server.createContext("/2018-06-01/runtime/", this::answer);
        server.createContext("/", this::service);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves an event at once; a further request waits, as on Lambda. */
    private void next(HttpExchange exchange) throws IOException {
        if (given.getAndIncrement() >= times) {
            return;
        }
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "cold");
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 10_000));
        exchange.getResponseHeaders()
                .set(
                        "Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:us-east-1:000000000000:function:authorizer");
        givenAt = System.nanoTime();
        send(exchange, 200, "application/json", event);
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean failed = !exchange.getRequestURI().getPath().endsWith("/response");
        answers.add(new Answer(failed, body, givenAt, now));
        send(exchange, 202, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** Secrets Manager has one secret; any other service answers with success. */
    private void service(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String action = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        if (!action.startsWith("secretsmanager.")) {
            send(exchange, 200, "application/x-amz-json-1.0", "{}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        String body = AwsCalls.object()
                .put("ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:cold-abcdef")
                .put("Name", "cold")
                .put("VersionId", "11111111-2222-3333-4444-555555555555")
                .put("CreatedDate", 1.7e9)
                .put("SecretString", SECRET)
                .toString();
        send(exchange, 200, "application/x-amz-json-1.1", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    Answer await() throws InterruptedException {
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IllegalStateException("the function has not answered after 60 s");
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
