package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Covers lines of the page that need more than one field of a status. */
final class StatusPageTest {

    @Test
    void aChangedTemplateHasALineForEachPartThatIsAppliedOrLeft() throws IOException {
        String status = "{\"template\":{\"state\":\"current\",\"changedAt\":\"2026-11-29T18:40:02.123Z\","
                + "\"applied\":[\"stream a was changed and keeps its data: shards 1 → 2\"],"
                + "\"restart\":[\"topic b was removed from the template\"]}}";

        assertThat(new StatusPage(new ObjectMapper().readTree(status), Integer.MAX_VALUE).text())
                .containsSubsequence(
                        "template    changed at 2026-11-29T18:40:02Z: stream a was changed and keeps its data: shards 1 → 2",
                        "template    restart to apply: topic b was removed from the template");
    }

    @Test
    void metricsAreCountedByNamespace() throws IOException {
        String status = "{\"metrics\":[{\"namespace\":\"b\",\"samples\":1},"
                + "{\"namespace\":\"a\",\"samples\":2000},{\"namespace\":\"b\",\"samples\":2}]}";

        assertThat(new StatusPage(new ObjectMapper().readTree(status), Integer.MAX_VALUE).text())
                .containsSubsequence("metrics     a  metrics 1  values 2,000", "metrics     b  metrics 2  values 3");
    }

    @Test
    void aLongValueContinuesBelowItself() throws IOException {
        String status = "{\"warnings\":[\"Parcels.TableClass is not run: all tables are of the standard class\"]}";

        assertThat(new StatusPage(new ObjectMapper().readTree(status), 50).text())
                .endsWith(
                        "warning     Parcels.TableClass is not run: all\n            tables are of the standard class\n");
    }
}
