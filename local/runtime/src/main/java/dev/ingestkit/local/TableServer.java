package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.dynamodb.DynamoDbService;
import dev.ingestkit.local.http.AddressUnavailableException;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.inprocess.WrittenAnswers;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.TableEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * DynamoDB and DynamoDB Streams alone on a port of 127.0.0.1, without a template. With a directory, each answered write
 * is in a file of the directory, so it survives the process, however that ends; without one, tables are lost
 * when the server is closed. Credentials are accepted without verification; requests of web pages and of other host
 * names are rejected, as in {@link LocalRuntime}. Thread-safe.
 */
public final class TableServer implements AutoCloseable {

    private static final String ACCOUNT = "000000000000";

    private final Store store;
    private final DynamoDbService service;
    private final HttpServer server;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private TableServer(Store store, DynamoDbService service, HttpServer server) {
        this.store = store;
        this.service = service;
        this.server = server;
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param port the port, or 0 for any free one
     * @param region the Region in ARNs
     * @param data the directory of the tables, created if it does not exist; null keeps them in memory
     * @throws StartException if the port is in use, or the directory cannot be used
     */
    public static TableServer start(int port, String region, @Nullable Path data) {
        requireNonNull(region, "region");
        Store store = data == null ? new MemoryStore() : open(data);
        DynamoDbService service = DynamoDbService.over(store, TableEngine.Settings.of(region, ACCOUNT));
        try {
            ServiceRouter router = ServiceRouter.builder()
                    .service(service)
                    .service(service.streams())
                    .origins(new OriginRule(List.of()))
                    .build();
            HttpHandler handler = data == null ? router : new WrittenAnswers(store, router);
            return new TableServer(store, service, HttpServer.start(HttpServerConfig.loopback(port), handler));
        } catch (AddressUnavailableException inUse) {
            close(service, store);
            throw new StartException(
                    StartException.Obstacle.PORT,
                    String.valueOf(inUse.getMessage()),
                    List.of("take another port: --port 0 for any that is free"),
                    inUse);
        } catch (RuntimeException failed) {
            close(service, store);
            throw failed;
        }
    }

    private static Store open(Path data) {
        try {
            return DurableStore.open(data).deferred();
        } catch (IOException unusable) {
            throw new StartException(
                    StartException.Obstacle.DATA,
                    "the tables in '%s' cannot be opened".formatted(data),
                    List.of(),
                    unusable);
        }
    }

    private static void close(DynamoDbService service, Store store) {
        service.close();
        store.close();
    }

    /** Returns the URL that clients use as their endpoint. */
    public URI endpoint() {
        return URI.create("http://localhost:" + server.port());
    }

    /** Waits until the server is closed. */
    public void awaitClose() {
        closed.join();
    }

    /** Stops listening, waits for the requests in flight, and closes the tables' files. Idempotent. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                server.close();
                close(service, store);
            } finally {
                closed.complete(null);
            }
        }
    }
}
