package dev.ingestkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VersionTest {

    @TempDir
    Path home;

    @Test
    void showsBuildAndEnvironment() throws Exception {
        CliRun.Result result = new CliRun(home).run("version", "-o", "json");
        JsonNode version = new ObjectMapper().readTree(result.out());

        List<String> names = new ArrayList<>();
        version.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("version", "commit", "committed", "java", "vendor", "sdk", "os", "endpoint");
        assertThat(version.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(version.path("sdk").asText()).matches("2\\.\\d+\\.\\d+");
        assertThat(version.path("java").asText()).isEqualTo(System.getProperty("java.version"));
        assertThat(version.path("endpoint").isNull()).isTrue();
    }

    @Test
    void showsTheConfiguredEndpoint() {
        CliRun.Result result = new CliRun(home)
                .variable("INGEST_ENDPOINT_URL", "http://localhost:5001")
                .run("version", "-o", "csv", "--query", "endpoint");

        assertThat(result.out()).isEqualTo("http://localhost:5001\n");
    }

    @Test
    void theFormatOfAVariableAppliesToDataAndErrors() {
        CliRun named = new CliRun(home).variable("INGEST_OUTPUT", "json");

        assertThat(named.run("version").out()).startsWith("{\n");
        assertThat(named.run("status").err()).startsWith("{\"error\":{\"code\":\"NOTHING_RUNS\"");
        assertThat(named.run("version", "-o", "yaml").out()).startsWith("version: ");
    }

    @Test
    void anUnknownFormatIsRejectedWithTheVariablesName() {
        CliRun.Result result = new CliRun(home).variable("INGEST_OUTPUT", "xml").run("version");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: INGEST_OUTPUT: 'xml' is not one of [table, json,");
    }
}
