package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Runs the tool with {@code --aws} on a stack of other names: resources come from CloudFormation, not from a status, and
 * there is no journal. The services of an embedded runtime stand in for AWS's.
 */
final class OwnStackOnAwsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> SERVICES =
            List.of("Sts", "CloudFormation", "Kinesis", "DynamoDb", "Sqs", "Lambda", "SecretsManager");

    @TempDir
    private static Path folder;

    private static LocalRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        Path template = folder.resolve("own.yaml");
        Files.writeString(template, OwnStackByToolTest.TEMPLATE);
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        SERVICES.forEach(service -> System.setProperty(
                "aws.endpointUrl" + service, runtime.endpoint().toString()));
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterAll
    static void end() {
        SERVICES.forEach(service -> System.clearProperty("aws.endpointUrl" + service));
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        runtime.close();
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(folder).target("--aws", "--region", "us-east-1").run(arguments);
    }

    @Test
    void statusShowsTheResourcesOfTheStack() throws IOException {
        JsonNode status = tool("status", "-o", "json").json();

        assertThat(status.path("streams").findValuesAsText("name")).contains("ingest-kit-Invoices");
        assertThat(status.path("functions").findValuesAsText("name")).containsExactly("ingest-kit-Projector");
        assertThat(status.path("mappings").findValuesAsText("function")).containsExactly("ingest-kit-Projector");
    }

    @Test
    void eventsGoToTheStreamOfTheMapping() throws IOException {
        JsonNode sent = tool("send", "--id", "a-1", "--each", "--data", "good", "-o", "json")
                .json();

        assertThat(sent.toString()).contains("a-1");
        assertThat(tool("tail").out()).contains("key=a-1");
    }

    @Test
    void deadLettersAreFoundByTheMappingsDestination() throws IOException {
        tool("send", "--id", "a-2", "--each", "--data", "poison");
        JsonNode waited =
                tool("wait", "--for", "dead", "--id", "a-2", "-o", "json").json();
        JsonNode deadLetters = tool("dlq", "list", "-o", "json").json();
        Tool.Result traced = tool("trace", "a-2");

        assertThat(waited.path("state").asText()).isEqualTo("dead");
        assertThat(deadLetters.findValuesAsText("kind")).contains("on-failure");
        assertThat(traced.out()).contains("in the queue: ");
        assertThat(traced.err()).contains("this target has no journal");
    }

    @Test
    void itemsOfATableWithOtherKeysAreShown() throws IOException {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            clients.dynamoDb()
                    .putItem(request ->
                            request.tableName("acme-invoices").item(Map.of("invoiceNo", AttributeValue.fromN("17"))));
        }

        assertThat(tool("inspect", "17", "-o", "json").json()).isEqualTo(MAPPER.readTree("{\"invoiceNo\":17}"));
        assertThat(tool("wait", "--for", "stored", "--id", "17").exit()).isZero();
    }

    @Test
    void functionsAreInvokedByLogicalId() {
        Tool.Result invoked = tool("invoke", "Projector", "--data", "{\"Records\":[]}");

        assertThat(invoked.exit()).as(invoked.err()).isZero();
        assertThat(invoked.out()).isEqualTo("null\n");
    }

    @Test
    void theLogOfAFunctionIsLeftToAwsOwnTool() {
        assertThat(tool("logs", "Projector").err()).contains("hint:  aws logs tail /aws/lambda/");
    }

    @Test
    void anUnknownStackListsTheExistingOnes() {
        Tool.Result result = tool("status", "--stack", "nowhere");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .contains("error: stack not found at AWS")
                .contains("hint:  name one: --stack ingest-kit\n");
    }
}
