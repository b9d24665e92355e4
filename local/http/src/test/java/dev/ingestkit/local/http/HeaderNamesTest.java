package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Covers the header spelling that a handler can read. */
final class HeaderNamesTest {

    @Test
    void clientsSpellingIsKeptBesideTheLowerCaseName() throws Exception {
        HttpHandler handler = request -> CompletableFuture.completedFuture(HttpResponse.text(
                200,
                request.sentNames().get("x-my-header") + " " + request.headers().get("x-my-header")));
        try (HttpServer server = HttpServer.start(HttpServerConfig.loopback(0), handler)) {
            var request = java.net.http.HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/"))
                    .header("X-My-Header", "a")
                    .build();

            var response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("X-My-Header [a]");
        }
    }
}
