package dev.ingestkit.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

final class LocalStackChecksTest {

    private final HttpServer server;

    LocalStackChecksTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private URI localStack(String version, String scripts) {
        answer("/_localstack/health", "{\"edition\":\"community\",\"version\":\"" + version + "\"}");
        answer("/_localstack/init", "{\"scripts\":" + scripts + "}");
        server.start();
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void answer(String path, String json) {
        server.createContext(path, exchange -> {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theKnownVersionWithItsScriptsPasses() {
        URI endpoint = localStack("4.14.0", "[{\"name\":\"10_deploy.py\",\"state\":\"SUCCESSFUL\"}]");

        assertThat(new LocalStackChecks(endpoint).all(Optional.empty()))
                .extracting(Check::status)
                .containsExactly(Check.Status.OK, Check.Status.OK);
    }

    @Test
    void anotherVersionIsReportedAndAFailedScriptIsNamed() {
        URI endpoint = localStack("5.0.0", "[{\"name\":\"10_deploy.py\",\"state\":\"ERROR\"}]");

        List<Check> checks = new LocalStackChecks(endpoint).all(Optional.empty());

        assertThat(checks).extracting(Check::status).containsExactly(Check.Status.WARN, Check.Status.FAIL);
        assertThat(checks.get(1).message()).contains("10_deploy.py is ERROR");
    }

    @Test
    void settingsThatLocalStackLacksAreNamed() {
        URI endpoint = localStack("4.14.0", "[]");
        EventSourceMappingConfiguration mapping = EventSourceMappingConfiguration.builder()
                .bisectBatchOnFunctionError(true)
                .parallelizationFactor(2)
                .tumblingWindowInSeconds(30)
                .build();

        assertThat(new LocalStackChecks(endpoint).all(Optional.of(mapping)))
                .extracting(Check::id)
                .contains("lacks-bisect", "lacks-parallelization", "lacks-tumbling-window", "lacks-checkpoint");
    }

    @Test
    void unusedSettingsAreNotReported() {
        URI endpoint = localStack("4.14.0", "[]");
        EventSourceMappingConfiguration mapping = EventSourceMappingConfiguration.builder()
                .bisectBatchOnFunctionError(false)
                .parallelizationFactor(1)
                .build();

        assertThat(new LocalStackChecks(endpoint).all(Optional.of(mapping)))
                .extracting(Check::id)
                .contains("lacks-checkpoint", "lacks-requests")
                .doesNotContain("lacks-bisect", "lacks-parallelization", "lacks-tumbling-window");
    }
}
