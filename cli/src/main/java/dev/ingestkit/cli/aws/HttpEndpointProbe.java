package dev.ingestkit.cli.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/** Probes over HTTP: the embedded runtime and LocalStack each have a health path of their own. */
public final class HttpEndpointProbe implements EndpointProbe {

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 2_000;

    @Override
    public Optional<Target.Kind> kind(URI endpoint) {
        if (answers(endpoint.resolve("/_ingest/status"))) {
            return Optional.of(Target.Kind.EMBEDDED);
        }
        return answers(endpoint.resolve("/_localstack/health"))
                ? Optional.of(Target.Kind.LOCALSTACK)
                : Optional.empty();
    }

    private static boolean answers(URI path) {
        try {
            HttpURLConnection connection = (HttpURLConnection) path.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException nothingThere) {
            return false;
        }
    }
}
