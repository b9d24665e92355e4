package dev.ingestkit.handlers.writer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.local.table.TableEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The kit's table engine behind a plain HTTP server on loopback, for the SDK's client. Thread-safe. */
final class TableServer implements AutoCloseable {

    private final TableEngine engine = TableEngine.inMemory(TableEngine.Settings.of("us-east-1", "000000000000"));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    private TableServer(HttpServer server) {
        this.server = server;
    }

    static TableServer start() throws IOException {
        TableServer table =
                new TableServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        table.server.createContext("/", table::answer);
        table.server.setExecutor(table.threads);
        table.server.start();
        return table;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            TableEngine.Answer answer = engine.execute(
                    exchange.getRequestHeaders().getFirst("X-Amz-Target"),
                    exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
