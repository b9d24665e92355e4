package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares two embedded runtimes by the tool: the services are the same, a parameter of the template differs. */
final class DoctorAgainstTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path state;

    private static LocalRuntime here;
    private static LocalRuntime there;

    @BeforeAll
    static void start() {
        here = LocalRuntime.start(EmbeddedStack.config());
        there = LocalRuntime.start(EmbeddedStack.config().withParameter("BatchSize", "7"));
    }

    @AfterAll
    static void end() {
        here.close();
        there.close();
    }

    private static Tool.Result doctor(URI target, URI against, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("doctor", "--endpoint-url", target.toString(), "--against", against.toString(), "-o", "json"));
        arguments.addAll(List.of(more));
        return new Tool(state).run(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> rows(Tool.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
        try {
            return StreamSupport.stream(MAPPER.readTree(result.out()).spliterator(), false)
                    .toList();
        } catch (IOException malformed) {
            throw new AssertionError(result.out(), malformed);
        }
    }

    @Test
    void onlyTheChangedParameterDiffers() {
        List<JsonNode> rows = rows(doctor(here.endpoint(), there.endpoint()));

        assertThat(rows).as(rows.toString()).hasSize(1);
        JsonNode row = rows.get(0);
        assertThat(row.path("part").asText()).isEqualTo("stack");
        assertThat(row.path("subject").asText()).endsWith(".BatchSize");
        assertThat(row.path("there").asText()).isEqualTo("7");
        assertThat(row.path("at").asText()).startsWith("20");
    }

    @Test
    void documentsOfApisAreComparedMethodByMethod() {
        List<JsonNode> rows = rows(doctor(here.endpoint(), there.endpoint(), "--all"));

        assertThat(rows)
                .filteredOn(row -> row.path("part").asText().equals("stack"))
                .extracting(row -> row.path("subject").asText())
                .anyMatch(subject -> subject.contains(" /submit/{") && subject.endsWith(".integration.uri"))
                .anyMatch(subject -> subject.contains(".authorizer ") && subject.endsWith(".authorizerUri"));
    }

    @Test
    void theComparisonLeavesNothingBehind() {
        rows(doctor(here.endpoint(), there.endpoint(), "--all"));

        for (LocalRuntime runtime : List.of(here, there)) {
            try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
                assertThat(clients.kinesis().listStreams().streamNames()).noneMatch(DoctorAgainstTest::isProbe);
                assertThat(clients.dynamoDb().listTables().tableNames()).noneMatch(DoctorAgainstTest::isProbe);
                assertThat(clients.sqs().listQueues().queueUrls()).noneMatch(DoctorAgainstTest::isProbe);
                assertThat(clients.secrets().listSecrets().secretList()).noneMatch(secret -> isProbe(secret.name()));
            }
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerIsAnError() {
        Tool.Result result = doctor(here.endpoint(), URI.create("http://localhost:1"));

        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains("localhost:1");
    }

    private static boolean isProbe(String name) {
        return name.contains("ingest-doctor-");
    }
}
