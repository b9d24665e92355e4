package dev.ingestkit.local.console;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Serves the console's pages. All state comes from the control API, which programs can read as well. Only clients on
 * this machine are answered. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/console/}: the page
 * <li>{@code GET /_ingest/console/session}: the {@link PageToken} of this run, for the page alone
 * </ul>
 */
public final class ConsolePages implements HttpHandler {

    /** The prefix of all paths, without the closing slash of the page's own. */
    public static final String PATH = "/_ingest/console";

    private static final String SESSION = "session";
    private static final String START = "index.html";

    /** The header value of a request by one of the console's pages; other sites and the address bar send others. */
    private static final Set<String> OWN = Set.of("same-origin");

    private final ConsoleFiles files = new ConsoleFiles();
    private final PageToken token;

    /** Creates the pages with the token that guards their actions. */
    public ConsolePages(PageToken token) {
        this.token = requireNonNull(token, "token");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        if (!isLocal(request)) {
            return HttpResponse.text(
                    403,
                    "the console answers this machine only, not %s: forward the port, for example ssh -L 4566:localhost:4566\n"
                            .formatted(request.remoteAddress()));
        }
        if (!request.method().equals("GET")) {
            return HttpResponse.text(405, "the console's pages are read by GET\n")
                    .withHeader("Allow", "GET");
        }
        if (request.rawPath().equals(PATH)) {
            return HttpResponse.text(308, "the console is at " + PATH + "/\n").withHeader("Location", PATH + "/");
        }
        String name = request.rawPath().substring(Math.min(request.rawPath().length(), PATH.length() + 1));
        return name.equals(SESSION)
                ? session(request)
                : files.answer(name.isEmpty() ? START : name, request)
                        .orElseGet(() -> HttpResponse.text(404, "the console has no such page: see " + PATH + "/\n"));
    }

    private HttpResponse session(HttpRequest request) {
        boolean own = request.header("sec-fetch-site").map(OWN::contains).orElse(true);
        if (!own || request.header("origin").isPresent()) {
            return HttpResponse.text(403, "only the console's own page may read its token\n");
        }
        byte[] body = Json.mapper()
                .createObjectNode()
                .put("token", token.text())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return HttpResponse.of(200, "application/json", body)
                .withHeader("Cache-Control", "no-store")
                .withHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static boolean isLocal(HttpRequest request) {
        try {
            return InetAddress.getByName(request.remoteAddress()).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
