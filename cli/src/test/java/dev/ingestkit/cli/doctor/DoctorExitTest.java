package dev.ingestkit.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.CliRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoctorExitTest {

    /** An endpoint on which nothing listens. */
    private static final String NOWHERE = "http://localhost:1";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "ndjson", "yaml", "csv"})
    void aFailedCheckExitsWithOneInEveryFormatAfterAllChecks(String format) {
        CliRun.Result result = new CliRun(home).run("doctor", "--endpoint-url", NOWHERE, "-o", format);

        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(1);
        assertThat(result.out()).contains("template", "fail", "set INGEST_HOME", "stack");
        assertThat(result.err()).contains("template", "stack");
    }

    @Test
    void anAmbiguousTargetIsReportedBesideTheMachinesChecks() {
        CliRun.Result result = new CliRun(home).variable("INGEST_PORT", "1").run("doctor", "-o", "csv");

        assertThat(result.out()).contains("java", "target,skip").contains("ingest-cli up --detach");
    }

    @Test
    void thePortThatUpWouldTakeIsChecked() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());
            CliRun.Result result = new CliRun(home)
                    .variable("INGEST_PORT", port)
                    .run("doctor", "--endpoint-url", NOWHERE, "-o", "csv");

            assertThat(result.out()).contains("port %s is in use by another program".formatted(port));
        }
    }
}
