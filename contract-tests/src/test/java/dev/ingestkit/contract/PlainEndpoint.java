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
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes AWS's calls on to a runtime and hides its control API, as an endpoint that is not a runtime does. */
final class PlainEndpoint implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "host", "content-length", "transfer-encoding", "upgrade", "http2-settings", "expect");

    private static final Pattern FORM = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");

    private final Set<String> actions = ConcurrentHashMap.newKeySet();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI behind;

    PlainEndpoint(URI behind) throws IOException {
        this.behind = behind;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.createContext("/_ingest", PlainEndpoint::hide);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private static void hide(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }

    /** Returns the actions called so far, as policies name them: {@code sqs:ReceiveMessage}. */
    Set<String> actions() {
        return Set.copyOf(actions);
    }

    private static Optional<String> action(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            String service = target.startsWith("AmazonSQS.") ? "sqs" : target.replaceAll("_.*", "");
            // The permission of a call for several messages is that of the call for one.
            String action = target.substring(target.indexOf('.') + 1).replaceAll("Batch$", "");
            return Optional.of(service.toLowerCase(Locale.ROOT) + ":" + action);
        }
        if (path.endsWith("/configuration")) {
            return Optional.of("lambda:GetFunctionConfiguration");
        }
        if (path.contains("/event-source-mappings/")) {
            return Optional.of("lambda:GetEventSourceMapping");
        }
        Matcher form = FORM.matcher(new String(body, StandardCharsets.UTF_8));
        return form.find() ? Optional.of("cloudformation:" + form.group(1)) : Optional.empty();
    }

    private void pass(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        action(exchange, body).ifPresent(actions::add);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        behind.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            answer(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !OF_THE_CONNECTION.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
