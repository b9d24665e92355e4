package dev.ingestkit.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsolePagesTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final PageToken token = PageToken.random();
    private final ConsolePages pages = new ConsolePages(token);

    private static HttpRequest request(String method, String path, String from, String... headers) {
        Map<String, List<String>> named = new HashMap<>();
        for (int at = 0; at < headers.length; at += 2) {
            named.put(headers[at], List.of(headers[at + 1]));
        }
        return new HttpRequest(method, path, "", named, new byte[0], from);
    }

    private static HttpResponse answer(HttpHandler handler, HttpRequest request) {
        return handler.handle(request).toCompletableFuture().join();
    }

    private HttpResponse get(String path, String... headers) {
        return answer(pages, request("GET", path, LOOPBACK, headers));
    }

    private static byte[] bytes(HttpResponse response) {
        byte[][] content = new byte[1][];
        response.body().match(bytes -> content[0] = bytes, stream -> {});
        return content[0];
    }

    private static String text(HttpResponse response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse response, String name) {
        return String.join(",", response.headers().getOrDefault(name, List.of()));
    }

    @Test
    void thePageHasAPolicyWithoutInlineScriptAndStyle() {
        HttpResponse page = get("/_ingest/console/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
        assertThat(text(page)).doesNotContain("<script>", "<style", " style=", "onclick");
    }

    @Test
    void thePathWithoutItsSlashLeadsToThePage() {
        HttpResponse redirect = get("/_ingest/console");

        assertThat(redirect.status()).isEqualTo(308);
        assertThat(header(redirect, "Location")).isEqualTo("/_ingest/console/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../ConsolePages.class", "..%2fpackage-info.class", "app.js/", "no-such-page.js", "APP.JS"})
    void otherNamesAreNotServed(String name) {
        assertThat(get("/_ingest/console/" + name).status()).isEqualTo(404);
    }

    @Test
    void filesAreCompressedWhereTheClientAcceptsIt() throws IOException {
        HttpResponse plain = get("/_ingest/console/app.js");
        HttpResponse compressed = get("/_ingest/console/app.js", "accept-encoding", "gzip, br");

        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes(compressed)))) {
            assertThat(gzip.readAllBytes()).isEqualTo(bytes(plain));
        }
    }

    @Test
    void anUnchangedFileIsNotSentAgain() {
        String tag = header(get("/_ingest/console/app.js"), "ETag");

        HttpResponse again = get("/_ingest/console/app.js", "if-none-match", tag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(bytes(again)).isEmpty();
    }

    @Test
    void otherMachinesAreRejected() {
        HttpResponse response = answer(pages, request("GET", "/_ingest/console/", "192.168.1.20"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(text(response)).contains("this machine only").contains("ssh -L");
    }

    @Test
    void pagesOfOtherSitesCannotReadTheToken() {
        assertThat(get("/_ingest/console/session", "sec-fetch-site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(get("/_ingest/console/session", "sec-fetch-site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(get("/_ingest/console/session", "origin", "http://localhost:3000")
                        .status())
                .isEqualTo(403);
        assertThat(text(get("/_ingest/console/session", "sec-fetch-site", "same-origin")))
                .contains(token.text());
    }

    @Test
    void pagesNeedTheTokenForActionsAndProgramsDoNot() {
        HttpHandler guarded = token.guard(request -> CompletableFuture.completedFuture(HttpResponse.text(200, "done")));

        assertThat(answer(guarded, request("POST", "/_ingest/faults", LOOPBACK)).status())
                .isEqualTo(200);
        assertThat(answer(guarded, request("POST", "/_ingest/faults", LOOPBACK, "origin", "http://localhost:4566"))
                        .status())
                .isEqualTo(403);
        assertThat(answer(guarded, request("POST", "/_ingest/faults", LOOPBACK, "sec-fetch-site", "same-site"))
                        .status())
                .isEqualTo(403);
        assertThat(answer(
                                guarded,
                                request(
                                        "DELETE",
                                        "/_ingest/faults",
                                        LOOPBACK,
                                        "origin",
                                        "http://localhost:4566",
                                        "x-ingest-token",
                                        token.text()))
                        .status())
                .isEqualTo(200);
        assertThat(answer(guarded, request("GET", "/_ingest/status", LOOPBACK, "origin", "http://localhost:4566"))
                        .status())
                .isEqualTo(200);
    }
}
