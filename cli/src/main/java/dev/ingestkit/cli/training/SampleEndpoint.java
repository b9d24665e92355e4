package dev.ingestkit.cli.training;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.cli.aws.BodyDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that answers like an embedded runtime with three stored events and two dead letters, always the same,
 * from the files beside this class. It serves the requests of the short commands and rejects all others. Thread-safe.
 */
public final class SampleEndpoint implements AutoCloseable {

    /** The placeholder of the endpoint's own address in the files. */
    private static final String ADDRESS = "http://localhost:4566";

    private static final String NO_ITEMS = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

    private static final List<String> DEAD_LETTERS = List.of("parked.json", "on-failure.json");

    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicBoolean received = new AtomicBoolean();

    private SampleEndpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts the endpoint on a free port of the loopback interface. */
    public static SampleEndpoint start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            SampleEndpoint endpoint = new SampleEndpoint(server, threads);
            server.createContext("/", endpoint::answer);
            server.setExecutor(threads);
            server.start();
            return endpoint;
        } catch (IOException noPort) {
            throw new UncheckedIOException("cannot listen on a loopback port", noPort);
        }
    }

    /** Returns the endpoint's URL. */
    public URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        if (target.startsWith("Kinesis_")) {
            byte[] answer = ofKinesis(action(target));
            send(exchange, answer.length == 0 ? 404 : 200, SampleShard.CONTENT_TYPE, answer);
            return;
        }
        String answer = answer(exchange.getRequestURI(), target, body);
        byte[] bytes = (answer == null ? "" : answer)
                .replace(ADDRESS, url().toString())
                .getBytes(StandardCharsets.UTF_8);
        send(exchange, answer == null ? 404 : 200, contentType(answer, target), bytes);
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String action(String target) {
        return target.substring(target.indexOf('.') + 1);
    }

    /** Returns the answer in CBOR; empty for a request that is not served. */
    private static byte[] ofKinesis(String action) throws IOException {
        return switch (action) {
            case "DescribeStreamSummary" -> SampleShard.summary();
            case "GetShardIterator" -> SampleShard.iterator();
            case "GetRecords" -> SampleShard.records();
            default -> new byte[0];
        };
    }

    private static String contentType(@Nullable String answer, String target) {
        if (answer != null && answer.startsWith("<")) {
            return "text/xml";
        }
        return target.equals("null") ? "application/json" : "application/x-amz-json-1.0";
    }

    /** Returns the answer's body; null for a request that is not served. */
    private @Nullable String answer(URI uri, String target, String body) {
        String path = uri.getPath();
        if (path.startsWith("/_ingest/")) {
            return switch (path) {
                case "/_ingest/status" -> file("status.json");
                case "/_ingest/certificate" -> file("certificate.json");
                case "/_ingest/faults" -> file("faults.json");
                // A read that continues after the last entry returns no more.
                case "/_ingest/journal" -> uri.getQuery().contains("after=0") ? file("journal.ndjson") : "";
                case "/_ingest/failures" -> "";
                default -> null;
            };
        }
        if (path.contains("/submit/")) {
            return file("submitted.json");
        }
        if (body.contains("Action=DescribeStacks")) {
            return file("stack.xml");
        }
        return switch (action(target)) {
            case "DescribeTable" -> file("table.json");
            case "Query" -> file("event.json");
            // A parallel scan finds all items in its first segment.
            case "Scan" -> body.matches("(?s).*\"Segment\":[1-9].*") ? NO_ITEMS : file("events.json");
            case "GetSecretValue" -> file("secret.json");
            case "GetQueueAttributes" -> attributes();
            case "ReceiveMessage" -> messages();
            case "ChangeMessageVisibility", "ChangeMessageVisibilityBatch" -> released();
            default -> null;
        };
    }

    private String attributes() {
        return "{\"Attributes\":{\"ApproximateNumberOfMessages\":\"%d\",\"ApproximateNumberOfMessagesNotVisible\":\"%d\"}}"
                .formatted(received.get() ? 0 : DEAD_LETTERS.size(), received.get() ? DEAD_LETTERS.size() : 0);
    }

    private String released() {
        received.set(false);
        return "{\"Successful\":[],\"Failed\":[]}";
    }

    /** Returns all messages, and then none until one becomes visible again. */
    private String messages() {
        if (received.getAndSet(true)) {
            return "{}";
        }
        StringBuilder messages = new StringBuilder();
        for (int index = 0; index < DEAD_LETTERS.size(); index++) {
            messages.append(index == 0 ? "" : ",").append(message(index + 1, file(DEAD_LETTERS.get(index))));
        }
        return "{\"Messages\":[" + messages + "]}";
    }

    private static String message(int number, String body) {
        return String.format(
                Locale.ROOT,
                "{\"MessageId\":\"00000000-0000-4000-8000-%012d\",\"ReceiptHandle\":\"receipt-%d\",\"MD5OfBody\":\"%s\","
                        + "\"Body\":\"%s\",\"Attributes\":{\"SentTimestamp\":\"%d\",\"ApproximateReceiveCount\":\"1\"}}",
                number,
                number,
                BodyDigest.md5(body),
                body.replace("\\", "\\\\").replace("\"", "\\\""),
                1_772_366_397_000L + number * 1_000L);
    }

    private static String file(String name) {
        try (InputStream file = SampleEndpoint.class.getResourceAsStream(name)) {
            return new String(requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
