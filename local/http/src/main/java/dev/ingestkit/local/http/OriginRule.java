package dev.ingestkit.local.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Rejects state-changing requests from web pages of other sites. A browser sends a page's cross-site {@code POST}
 * without asking when it looks like a form, and AWS's protocols can be made to look like one. Browsers name the page's
 * site in {@code Origin} (and in {@code Sec-Fetch-Site}, even without {@code Origin}, for images and links);
 * programs send neither. The rule guards the AWS APIs and the runtime's control paths; the APIs of a user's own stack
 * have their own rules (CORS). Immutable.
 */
public final class OriginRule {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowedOrigins;

    /**
     * Creates a rule.
     *
     * @param allowedOrigins origins accepted besides those of loopback, as a browser writes them: {@code
     *     https://app.example}
     */
    public OriginRule(List<String> allowedOrigins) {
        this.allowedOrigins = Set.copyOf(allowedOrigins);
    }

    /**
     * Checks a request.
     *
     * @param changesState whether a request with a safe method may change state, as AWS's query protocol does with
     *     {@code GET /?Action=…}
     * @return the response to send instead of handling the request; empty if the request is allowed
     */
    public Optional<HttpResponse> rejection(HttpRequest request, boolean changesState) {
        if (SAFE_METHODS.contains(request.method()) && !changesState) {
            return Optional.empty();
        }
        Optional<String> origin = request.header("origin");
        if (origin.isPresent()) {
            return allows(origin.get()) ? Optional.empty() : Optional.of(rejected("Origin " + printable(origin.get())));
        }
        boolean crossSite =
                request.header("sec-fetch-site").map("cross-site"::equals).orElse(false);
        return crossSite ? Optional.of(rejected("a page of another site")) : Optional.empty();
    }

    /** Returns the handler behind this rule. */
    public HttpHandler guard(HttpHandler handler) {
        return request -> {
            Optional<HttpResponse> rejection = rejection(request, false);
            return rejection.isPresent() ? CompletableFuture.completedFuture(rejection.get()) : handler.handle(request);
        };
    }

    private boolean allows(String origin) {
        if (allowedOrigins.contains(origin)) {
            return true;
        }
        try {
            String host = new URI(origin).getHost();
            return host != null && isLoopback(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK_NAMES.contains(host) || host.endsWith(".localhost");
    }

    private static HttpResponse rejected(String who) {
        return HttpResponse.text(
                403,
                who + " may not call this API: only pages from this machine may. Allow the origin explicitly if it"
                        + " is yours.\n");
    }

    private static String printable(String text) {
        String cut = text.length() > 200 ? text.substring(0, 200) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
