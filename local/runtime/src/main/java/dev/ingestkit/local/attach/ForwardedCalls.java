package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.OriginRule;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forwards calls of the data services to the attached endpoint, so that tools need to know only one port; other
 * requests are answered here. Calls and answers are forwarded unchanged, without a browser's headers. Thread-safe.
 */
public final class ForwardedCalls implements HttpHandler {

    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/,\\s]{0,256}/\\d{8}/[^/,\\s]{0,64}/([a-z0-9-]{1,64})/");
    private static final Pattern QUEUE_PATH = Pattern.compile("/(?:queue/[a-z0-9-]+/)?\\d{12}/[A-Za-z0-9_.-]+/?");

    /** Headers of one connection, not of the call, and the ones that the client sets itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /**
     * What a browser says of the page that calls: this port has judged it. The other endpoint does not know the page, and
     * LocalStack refuses calls of pages that it does not know.
     */
    private static final Set<String> OF_THE_BROWSER = Set.of("cookie", "origin", "referer", "x-ingest-token");

    private static final String FETCH_METADATA = "sec-";

    private final AwsClient endpoint;
    private final HttpHandler others;
    private final OriginRule origins;

    /**
     * Creates the handler.
     *
     * @param others answers requests that are not calls of a data service
     */
    public ForwardedCalls(AwsClient endpoint, HttpHandler others, OriginRule origins) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.others = requireNonNull(others, "others");
        this.origins = requireNonNull(origins, "origins");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<String> service = service(request);
        if (service.isEmpty()) {
            return others.handle(request);
        }
        Optional<HttpResponse> refusal = origins.rejection(request, true);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        return request.header("x-amz-target").orElse("").endsWith(".SubscribeToShard")
                ? stream(request, service.get())
                : forward(request, service.get());
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return service(head).isPresent() || others.readsLargeBody(head);
    }

    /** Returns the data service of a request, by its name in a credential scope. */
    private static Optional<String> service(HttpRequest request) {
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) {
            return AwsApi.ofTarget(target.get()).map(AwsApi::signingName);
        }
        Matcher scope = SCOPE.matcher(request.header("authorization").orElse(""));
        Optional<String> signed = scope.find() ? Optional.of(scope.group(1)) : Optional.empty();
        boolean query = request.rawPath().equals("/")
                || QUEUE_PATH.matcher(request.rawPath()).matches();
        return signed.filter(
                name -> name.equals("s3") || (query && AwsApi.named(name).isPresent()));
    }

    private CompletionStage<HttpResponse> forward(HttpRequest request, String service) {
        return endpoint.send(call(request, service))
                .handle((answer, failure) ->
                        failure == null ? passedOn(answer, new HttpResponse.Bytes(answer.body())) : noAnswer(failure));
    }

    private CompletionStage<HttpResponse> stream(HttpRequest request, String service) {
        return endpoint.open(call(request, service))
                .handle((answer, failure) -> failure == null
                        ? passedOn(answer, new HttpResponse.Streamed(new PassedOnBody(answer.body())))
                        : noAnswer(failure));
    }

    private java.net.http.HttpRequest.Builder call(HttpRequest request, String service) {
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        java.net.http.HttpRequest.Builder call = endpoint.request(request.rawPath() + query, service)
                .method(request.method(), BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> {
            if (belongsToTheCall(name.toLowerCase(Locale.ROOT))) {
                call.setHeader(name, String.join(",", values));
            }
        });
        return call;
    }

    private static boolean belongsToTheCall(String name) {
        return !OF_THE_CONNECTION.contains(name) && !OF_THE_BROWSER.contains(name) && !name.startsWith(FETCH_METADATA);
    }

    private static HttpResponse passedOn(java.net.http.HttpResponse<?> answer, HttpResponse.Body body) {
        return new HttpResponse(answer.statusCode(), headers(answer.headers().map()), body);
    }

    private HttpResponse noAnswer(Throwable failure) {
        return HttpResponse.text(
                502, "%s does not answer: %s\n".formatted(endpoint.endpoint(), Completions.unwrap(failure)));
    }

    private static Map<String, List<String>> headers(Map<String, List<String>> all) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        all.forEach((name, values) -> {
            if (!name.startsWith(":") && !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, values);
            }
        });
        return kept;
    }
}
