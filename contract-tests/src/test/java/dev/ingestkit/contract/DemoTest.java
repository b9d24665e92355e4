package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {

    @TempDir
    Path state;

    @Test
    void accountsForEveryEventItSends() throws Exception {
        Tool.Result result = new Tool(state).run("demo", "-o", "json");

        assertThat(result.exit()).as(result.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(result.out());
        assertThat(report.path("accepted").asLong()).isEqualTo(322);
        assertThat(report.path("acceptedRecords").asLong()).isEqualTo(323);
        assertThat(report.path("stored").asLong()).isEqualTo(321);
        assertThat(report.path("deadLettered").asLong()).isEqualTo(1);
        assertThat(report.path("lost").asLong()).isZero();
        assertThat(report.path("largestBytes").asInt()).isBetween(1_000_000, 1_048_576);
        assertThat(report.path("deadLetter").path("reason").asText()).isEqualTo("not-json");
        assertThat(report.path("item").path("event").path("type").asText()).isEqualTo("order-created");
        assertThat(report.path("postToStored").path("count").asInt()).isEqualTo(321);
    }
}
