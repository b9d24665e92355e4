package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends requests to a stack with several APIs of both kinds, whose functions take the events of Lambda's library. */
@IngestTest(template = "src/test/resources/apis.yaml")
final class EmbeddedApisTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private Map<String, String> outputs;

    @BeforeEach
    void read(IngestPipeline pipeline) {
        outputs = pipeline.outputs();
    }

    private HttpResponse<String> send(String method, String output, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(outputs.get(output) + path))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void nothingOfTheStackIsLeftOut(IngestPipeline pipeline) {
        assertThat(pipeline.warnings()).isEmpty();
    }

    @Test
    void aRestApiOfResourcesAnswers() throws Exception {
        HttpResponse<String> answer = send("GET", "RestUrl", "/ping", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"pong\":true}");
    }

    @Test
    void aRestApiInvokesAHandlerOfLambdasEvents() throws Exception {
        HttpResponse<String> answer = send(
                "PUT", "RestUrl", "/things/7?q=1&q=2", "body", "Authorization", "open", "Content-Type", "text/plain");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("PUT /things/7 {q=[1, 2]} {id=7} body me");
        assertThat(answer.headers().firstValue("x-stage")).hasValue("dev");
        assertThat(answer.headers().allValues("set-cookie")).containsExactlyInAnyOrder("a=1", "b=2");
    }

    @Test
    void anAuthorizerOfARestApiDenies() throws Exception {
        assertThat(send("PUT", "RestUrl", "/things/7", "").statusCode()).isEqualTo(401);
        assertThat(send("PUT", "RestUrl", "/things/7", "", "Authorization", "shut")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theImplicitRestApiHasCorsAndItsFunction() throws Exception {
        HttpResponse<String> answer = send("GET", "SamUrl", "/sam", "");
        HttpResponse<String> preflight = send("OPTIONS", "SamUrl", "/sam", "", "Origin", "https://a.example");

        assertThat(answer.body()).startsWith("GET /sam");
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("access-control-allow-methods"))
                .hasValue("GET,OPTIONS");
    }

    @Test
    void anHttpApiInvokesAHandlerOfLambdasEvents() throws Exception {
        HttpResponse<String> answer =
                send("POST", "HttpUrl", "/http/a%20b?q=1", "{}", "Content-Type", "application/json", "Cookie", "c=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("POST /http/a b q=1 [c=1] {id=a b} {}");
        assertThat(answer.headers().firstValue("x-route")).hasValue("POST /http/{id}");
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void anAuthorizerOfAnHttpApiAnswersSimply() throws Exception {
        assertThat(send("GET", "HttpUrl", "/guarded", "").statusCode()).isEqualTo(401);
        assertThat(send("GET", "HttpUrl", "/guarded", "", "Authorization", "shut")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "HttpUrl", "/guarded", "", "Authorization", "open")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anHttpApiPutsIntoAStreamAndAQueue() throws Exception {
        assertThat(send("POST", "HttpUrl", "/put/key", "data").body()).contains("\"SequenceNumber\"");
        assertThat(send("POST", "HttpUrl", "/send", "text").body()).contains("\"MessageId\"");
    }

    @Test
    void anHttpApiAnswersPreflightsItself() throws Exception {
        HttpResponse<String> preflight = send(
                "OPTIONS",
                "HttpUrl",
                "/http/1",
                "",
                "Origin",
                "https://a.example",
                "Access-Control-Request-Method",
                "POST");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .hasValue("https://a.example");
    }

    @ParameterizedTest
    @CsvSource({"RestUrl, Request Too Long", "HttpUrl, Request Entity Too Large"})
    void aBodyOverTheLimitIsRefusedBeforeItIsSent(String output, String message) throws Exception {
        URI api = URI.create(outputs.get(output));
        String head =
                "POST %s/http/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n";

        try (Socket socket = new Socket(api.getHost(), api.getPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(head.formatted(api.getPath()).getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("{\"message\":\"" + message + "\"}");
        }
    }
}
