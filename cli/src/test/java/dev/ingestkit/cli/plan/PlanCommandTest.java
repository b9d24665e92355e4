package dev.ingestkit.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private CliRun.Result run(String... arguments) {
        return new CliRun(folder).run(arguments);
    }

    @Test
    void planHasALineForEachModeAndTheParametersBesideIt() {
        CliRun.Result plan = run("plan", "--rate", "2000", "--size", "4KB", "-o", "csv");

        assertThat(plan.exit()).isZero();
        assertThat(plan.out().lines()).hasSize(3);
        assertThat(plan.out()).contains("PROVISIONED,10,1,1024,10,").contains("ON_DEMAND,16,1,1024,16,");
        assertThat(plan.err())
                .contains("list prices, us-east-1")
                .contains("sam deploy --parameter-overrides StreamMode=PROVISIONED ShardCount=10 ");
    }

    @Test
    void jsonHoldsTheWholePlan() throws IOException {
        CliRun.Result plan = run("plan", "--mode", "on_demand", "-o", "json", "-q");

        JsonNode only = JSON.readTree(plan.out()).get(0);
        assertThat(only.path("mode").asText()).isEqualTo("ON_DEMAND");
        assertThat(only.at("/capacity/shards").asInt()).isEqualTo(4);
        assertThat(only.path("costs")).isNotEmpty();
        assertThat(only.path("quotas")).isNotEmpty();
        assertThat(plan.out()).doesNotContain("E+");
        assertThat(plan.err()).isEmpty();
    }

    @Test
    void costsAndStepsAreListsOfTheirOwn() {
        assertThat(run("plan", "--show", "costs", "--mode", "provisioned", "-o", "csv")
                        .out())
                .contains("DynamoDB,writes,");
        assertThat(run("plan", "--show", "steps", "--mode", "provisioned", "-o", "csv")
                        .out()
                        .lines())
                .hasSize(7);
    }

    @Test
    void aUsersPricesChangeTheBill() throws IOException {
        Path file = Files.writeString(
                folder.resolve("ours.json"), "{\"source\": \"ours\", \"prices\": {\"xray.trace\": [{\"each\": 0}]}}");

        CliRun.Result plan =
                run("plan", "--show", "costs", "--mode", "provisioned", "--prices", file.toString(), "-o", "csv");

        assertThat(plan.out()).contains("X-Ray,traces of 5 % of the requests,131400000,traces,0");
        assertThat(plan.err()).contains("prices: ours");
    }

    @Test
    void valuesOutOfBoundsAreWrongUsageWithTheBounds() {
        CliRun.Result size = run("plan", "--size", "2MB");
        CliRun.Result word = run("plan", "--size", "big");
        CliRun.Result file = run("plan", "--prices", folder.resolve("none.json").toString());

        assertThat(size.exit()).isEqualTo(2);
        assertThat(size.err()).contains("1 to 1048540 bytes").contains("2097152");
        assertThat(word.exit()).isEqualTo(2);
        assertThat(word.err()).contains("'big' is not a size");
        assertThat(file.exit()).isEqualTo(2);
        assertThat(file.err()).contains("none.json");
    }
}
