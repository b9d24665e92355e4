package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.TlsCertificate;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Names the file with the certificate that clients must trust to use TLS; the certificate is made at its first use.
 * Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/certificate}: {@code {"file":"/path/ca.pem"}}, or the reason why there is none as {@code
 * {"error":"..."}}
 * </ul>
 */
public final class CertificateEndpoint implements HttpHandler {

    /** The path of the resource. */
    public static final String PATH = "/_ingest/certificate";

    private final TlsCertificate certificate;

    public CertificateEndpoint(TlsCertificate certificate) {
        this.certificate = requireNonNull(certificate, "certificate");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return certificate.file().handle(CertificateEndpoint::answer);
    }

    private static HttpResponse answer(@Nullable Path file, @Nullable Throwable failed) {
        ObjectNode answer = Json.mapper().createObjectNode();
        if (file != null) {
            answer.put("file", file.toString());
        } else {
            answer.put("error", String.valueOf(failed == null ? null : Completions.unwrap(failed)));
        }
        return JsonAnswers.of(200, answer);
    }
}
