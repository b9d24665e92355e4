package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sends requests to a stack with several APIs of both kinds, whose functions take the events of Lambda's library. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedApisTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private LocalRuntime runtime;
    private Map<String, String> outputs;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("apis.yaml");
        try (InputStream text = getClass().getResourceAsStream("/apis.yaml")) {
            Files.copy(requireNonNull(text, "apis.yaml"), template);
        }
        Class<?>[] library = {Context.class, APIGatewayProxyRequestEvent.class, DateTime.class};
        Files.write(folder.resolve("rest.jar"), FunctionArchive.of(RestApiFunction.class, library));
        Files.write(folder.resolve("http.jar"), FunctionArchive.of(HttpApiFunction.class, library));
        Files.write(folder.resolve("guard.jar"), FunctionArchive.of(GuardFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        outputs = runtime.outputs();
    }

    @AfterAll
    void stop() {
        runtime.close();
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
    void nothingOfTheStackIsLeftOut() {
        assertThat(runtime.warnings()).isEmpty();
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
}
