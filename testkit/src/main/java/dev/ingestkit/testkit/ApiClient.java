package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Calls an API of a stack, as its clients do. Immutable: each {@code with} returns another client. Thread-safe. */
public final class ApiClient {

    private static final int MILLIS = 30_000;

    private final RuntimeCalls calls;
    private final TemplateResources resources;
    private final String url;
    private final Map<String, String> headers;

    ApiClient(RuntimeCalls calls, TemplateResources resources, String url, Map<String, String> headers) {
        this.calls = requireNonNull(calls, "calls");
        this.resources = requireNonNull(resources, "resources");
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.headers = Map.copyOf(headers);
    }

    /** Returns the URL of the API's stage. */
    public URI url() {
        return URI.create(url);
    }

    /** Returns a client that sends a header with each request. */
    public ApiClient withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new ApiClient(calls, resources, url, more);
    }

    /**
     * Returns a client that signs in by HTTP's Basic scheme as the user in a secret.
     *
     * @param secret its logical id or name; its value is {@code {"username":…,"password":…}}
     */
    public ApiClient withUserOf(String secret) {
        return withHeader("Authorization", calls.basicCredentials(resources.secret(secret)));
    }

    /** Posts JSON to a path below the stage. */
    public ApiAnswer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Gets a path below the stage. */
    public ApiAnswer get(String path) {
        return send("GET", path, "");
    }

    private ApiAnswer send(String method, String path, String body) {
        URI target = URI.create(url + (path.startsWith("/") ? path : "/" + path));
        try {
            HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            headers.forEach(connection::setRequestProperty);
            if (!body.isEmpty()) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new ApiAnswer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the API at %s does not answer".formatted(target), failed);
        }
    }
}
