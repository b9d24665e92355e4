package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Covers lines of the page that need more than one field of a status. */
final class StatusPageTest {

    @Test
    void metricsAreCountedByNamespace() throws IOException {
        String status = "{\"metrics\":[{\"namespace\":\"b\",\"samples\":1},"
                + "{\"namespace\":\"a\",\"samples\":2000},{\"namespace\":\"b\",\"samples\":2}]}";

        assertThat(new StatusPage(new ObjectMapper().readTree(status)).text())
                .containsSubsequence("metrics     a  metrics 1  values 2,000", "metrics     b  metrics 2  values 3");
    }
}
