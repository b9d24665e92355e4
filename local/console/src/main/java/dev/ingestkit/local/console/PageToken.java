package dev.ingestkit.local.console;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The secret that the console's own pages send with each action. A page of another site on this machine can send
 * requests to the port, and a browser names the page's site with them, but the page cannot read the console's answers,
 * so it does not know the token. Programs send neither {@code Origin} nor {@code Sec-Fetch-Site} and need none.
 * Immutable; new at every start of a runtime.
 */
public final class PageToken {

    /** The header that carries the token. */
    public static final String HEADER = "X-Ingest-Token";

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int BYTES = 24;

    private final String text;

    private PageToken(String text) {
        this.text = text;
    }

    /** Creates a token that nobody can guess. */
    public static PageToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new PageToken(HexFormat.of().formatHex(bytes));
    }

    /** Returns the token's text, which only the console's own page may read. */
    String text() {
        return text;
    }

    /** Returns the handler behind this rule: requests of web pages that change state need the token. */
    public HttpHandler guard(HttpHandler handler) {
        requireNonNull(handler, "handler");
        return request -> allows(request)
                ? handler.handle(request)
                : CompletableFuture.completedFuture(HttpResponse.text(
                        403,
                        "a web page may change this runtime only with the console's token: use the console at"
                                + " /_ingest/console/, or call this API from a program\n"));
    }

    /** Returns the handler behind the token: no request passes without it, whoever sends it. */
    public HttpHandler require(HttpHandler handler) {
        requireNonNull(handler, "handler");
        return request -> hasToken(request)
                ? handler.handle(request)
                : CompletableFuture.completedFuture(HttpResponse.text(
                        403, "only the console's own page may call this: it needs the console's token\n"));
    }

    private boolean allows(HttpRequest request) {
        return SAFE_METHODS.contains(request.method()) || !isFromPage(request) || hasToken(request);
    }

    /** Returns whether a browser sent the request for a page. */
    private static boolean isFromPage(HttpRequest request) {
        return request.header("origin").isPresent()
                || request.header("sec-fetch-site").isPresent();
    }

    private boolean hasToken(HttpRequest request) {
        byte[] sent = request.header(HEADER).orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(sent, text.getBytes(StandardCharsets.UTF_8));
    }
}
