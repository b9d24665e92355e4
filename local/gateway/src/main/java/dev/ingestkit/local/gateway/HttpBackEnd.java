package dev.ingestkit.local.gateway;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the HTTP back ends of integrations, without following redirects. The client is created by the first call, since
 * most stacks have no such back end and it holds a thread. Thread-safe.
 */
final class HttpBackEnd {

    /** Headers of one connection, which the client or the server of the next connection sets itself. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private @Nullable HttpClient client;

    /**
     * Calls a back end.
     *
     * @return the answer; a stage that fails with {@link java.io.IOException} if the back end cannot be reached, with
     *     {@link TimeoutException} if it does not answer in time
     */
    CompletableFuture<IntegrationAnswer> call(
            String method, URI address, Map<String, List<String>> headers, byte[] body, Duration timeout) {
        HttpRequest.BodyPublisher content =
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(timeout).method(method, content);
        headers.forEach((name, values) -> {
            if (!isOfTheConnection(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .handle((response, failure) -> {
                    if (failure == null) {
                        return answer(response);
                    }
                    Throwable cause = Completions.unwrap(failure);
                    throw new CompletionException(
                            cause instanceof HttpTimeoutException
                                    ? new TimeoutException(address + " did not answer in time")
                                    : cause);
                });
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    private static IntegrationAnswer answer(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> {
            if (!isOfTheConnection(name)) {
                headers.put(name, values);
            }
        });
        return new IntegrationAnswer(response.statusCode(), headers, response.body(), null);
    }

    private static boolean isOfTheConnection(String header) {
        return OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the address of a call.
     *
     * @param template the integration's address, which may have parameters in braces ({@code {id}}, {@code {proxy}})
     * @param parameters the decoded values of the parameters
     * @param mappedPath the path that takes the place of the template's; null for none
     * @param rawQuery the encoded query, which follows the template's own
     */
    static URI address(String template, Map<String, String> parameters, @Nullable String mappedPath, String rawQuery) {
        String filled = template;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            filled = filled.replace("{" + parameter.getKey() + "}", PercentEncoding.encodePath(parameter.getValue()));
        }
        URI uri = URI.create(filled);
        String path = mappedPath == null ? uri.getRawPath() : PercentEncoding.encodePath(mappedPath);
        String own = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String query = own.isEmpty() || rawQuery.isEmpty() ? own + rawQuery : own + "&" + rawQuery;
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + path + (query.isEmpty() ? "" : "?" + query));
    }
}
