package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.testkit.IngestPipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls dead letters from a runtime that serves AWS's APIs only, as AWS does. */
final class PulledDeadLettersTest {

    private static final String PAYLOAD =
            "{\"kind\":3,\"customer\":{\"email\":\"ann@example.com\"},\"note\":\"card 4111111111111111\"}";

    private static final String RULES = """
            {"rules":[{"path":"customer.email"},{"pattern":"[0-9]{16}","with":"0000000000000000"}]}
            """;

    @TempDir
    private Path folder;

    private IngestPipeline pipeline;
    private PlainEndpoint aws;

    @BeforeEach
    void failOneOrder() throws Exception {
        Files.writeString(folder.resolve("scrub.rules"), RULES);
        Path template = Files.writeString(folder.resolve("template.yaml"), CapsuleTestsTest.TEMPLATE);
        pipeline = IngestPipeline.start(template);
        aws = new PlainEndpoint(pipeline.endpoint());
        pipeline.put("Orders", "order-3", PAYLOAD);
        pipeline.await("order-3").deadLettered();
    }

    @AfterEach
    void close() {
        aws.close();
        pipeline.close();
    }

    @Test
    void aPulledDeadLetterIsAScrubbedCapsuleThatFailsInTheSameWay() throws Exception {
        Tool.Result pulled = pull("--rules", "scrub.rules", "--name", "bad-order");

        assertThat(pulled.exit()).as(pulled.err()).isZero();
        Path file = folder.resolve(".ingest/capsules/bad-order.json");
        Capsule capsule = Capsule.parse(Files.readAllBytes(file));
        assertThat(capsule.source().function()).isEqualTo("Writer");
        assertThat(items(capsule)).hasSize(1);
        assertThat(new String(items(capsule).get(0).data(), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":3,\"customer\":{\"email\":\"scrubbed\"},\"note\":\"card 0000000000000000\"}");
        assertThat(Files.readString(file)).doesNotContain("4111");
        assertThat(pipeline.messages("Refused")).hasSize(1);
        assertThatThrownBy(() -> pipeline.replay(file.toUri().toURL()).succeeds())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("\"errorMessage\":\"fault 3\"");
    }

    @Test
    void theShippedPolicyAllowsEachCallAndNoneThatChangesAnything() throws Exception {
        assertThat(pull("--as-is").exit()).isZero();

        Tool.Result policy = new Tool(folder).run("dlq", "pull", "--policy");
        Set<String> allowed = new TreeSet<>();
        for (JsonNode statement : new ObjectMapper().readTree(policy.out()).path("Statement")) {
            statement.path("Action").forEach(action -> allowed.add(action.asText()));
        }
        assertThat(aws.actions())
                .contains("sqs:ReceiveMessage", "kinesis:GetRecords", "cloudformation:ListStackResources");
        assertThat(allowed).containsAll(aws.actions());
        assertThat(allowed).noneMatch(action -> action.matches(".*:(Put|Delete|Send|Update|Create|Invoke|Purge).*"));
    }

    @Test
    void withoutRulesNothingIsPulledFromAws() {
        Tool.Result refused = pull();
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--rules", "--as-is");
        assertThat(folder.resolve(".ingest")).doesNotExist();
    }

    @Test
    void aDeadLetterIsSavedByTheIdOfItsMessage() throws Exception {
        Tool tool = new Tool(folder);
        String endpoint = pipeline.endpoint().toString();
        String id = tool.run("dlq", "list", "--endpoint-url", endpoint, "--stack", "test", "-o", "name")
                .out()
                .strip();

        Tool.Result saved = tool.run(
                "capsule", "save", "--dead-letter", id.substring(0, 8), "--endpoint-url", endpoint, "--stack", "test");

        assertThat(saved.exit()).as(saved.err()).isZero();
        Path file = folder.resolve(".ingest/capsules/Writer-%s.json".formatted(id.substring(0, 8)));
        assertThat(items(Capsule.parse(Files.readAllBytes(file))))
                .singleElement()
                .satisfies(record -> assertThat(record.data())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo(PAYLOAD));
    }

    private Tool.Result pull(String... options) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("dlq", "pull", "--from", "aws", "--endpoint-url", aws.url(), "--stack", "test"));
        arguments.addAll(List.of(options));
        return new Tool(folder).run(arguments.toArray(new String[0]));
    }

    private static List<CapsuleContents.Item> items(Capsule capsule) {
        return ((CapsuleContents.Batch) capsule.contents()).items();
    }
}
