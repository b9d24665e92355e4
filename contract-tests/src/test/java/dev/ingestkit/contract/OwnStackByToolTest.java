package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs the tool on a stack of other names: two streams, two queues, a table with keys of its own, no outputs. */
final class OwnStackByToolTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final String TEMPLATE = """
        AWSTemplateFormatVersion: "2010-09-09"
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Invoices: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
          Corrections: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
          Ledger:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: acme-invoices
              BillingMode: PAY_PER_REQUEST
              AttributeDefinitions: [{AttributeName: invoiceNo, AttributeType: N}]
              KeySchema: [{AttributeName: invoiceNo, KeyType: HASH}]
          Failures: {Type: AWS::SQS::Queue}
          Others: {Type: AWS::SQS::Queue}
        """ + ProjectorFunction.resource(PoisonFunction.HANDLER);

    @TempDir
    private static Path folder;

    private static LocalRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        Path template = folder.resolve("own.yaml");
        Files.writeString(template, TEMPLATE);
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
    }

    @AfterAll
    static void end() {
        runtime.close();
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(folder)
                .target("--endpoint-url", runtime.endpoint().toString())
                .run(arguments);
    }

    @Test
    void eventsGoToTheStreamThatAMappingReadsAndCanBeTraced() throws IOException {
        Tool.Result sent = tool("send", "--id", "k-1", "--data", "{\"total\":1}");
        JsonNode waited =
                tool("wait", "--for", "processed", "--id", "k-1", "-o", "json").json();
        JsonNode trace = tool("trace", "k-1", "-o", "json").json();

        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out()).contains("id k-1");
        assertThat(waited.path("state").asText()).isEqualTo("processed");
        assertThat(trace.path("history").findValuesAsText("kind")).contains("put", "delivered", "attempt");
    }

    @Test
    void aStreamIsChosenByItsLogicalId() throws IOException {
        JsonNode sent = tool(
                        "send",
                        "--stream",
                        "Corrections",
                        "--id",
                        "c-1",
                        "--data",
                        "{}",
                        "-o",
                        "json",
                        "--query",
                        "[0]")
                .json();

        assertThat(sent.path("id").asText()).isEqualTo("c-1");
        assertThat(sent.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void anUnknownStreamIsAnsweredWithTheOnesThatThereAre() {
        Tool.Result result = tool("send", "--stream", "Nope", "--data", "{}");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .contains("error: --stream: stack 'ingest-kit' has no stream 'Nope'")
                .contains("Invoices (ingest-kit-Invoices), Corrections (ingest-kit-Corrections)");
    }

    @Test
    void deadLettersAreFoundInTheQueueOfTheMapping() throws IOException {
        tool("send", "--id", "p-1", "--each", "--data", "poison");
        JsonNode waited =
                tool("wait", "--for", "dead", "--id", "p-1", "-o", "json").json();
        JsonNode deadLetters = tool("dlq", "list", "-o", "json").json();
        String id = deadLetters.path(0).path("id").asText();
        JsonNode shown = tool("dlq", "show", id.substring(0, 8), "-o", "json").json();

        assertThat(waited.path("state").asText()).isEqualTo("dead");
        assertThat(deadLetters.findValuesAsText("eventId")).contains("p-1");
        assertThat(shown.path("id").asText()).isEqualTo(id);
    }

    @Test
    void itemsOfATableWithOtherKeysAreShown() throws IOException {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            clients.dynamoDb()
                    .putItem(request -> request.tableName("acme-invoices")
                            .item(Map.of(
                                    "invoiceNo", AttributeValue.fromN("17"),
                                    "customer", AttributeValue.fromS("ann"))));
        }

        JsonNode item = tool("inspect", "17", "-o", "json").json();
        Tool.Result invalid = tool("inspect", "seventeen");

        assertThat(item).isEqualTo(MAPPER.readTree("{\"invoiceNo\":17,\"customer\":\"ann\"}"));
        assertThat(invalid.exit()).isEqualTo(2);
        assertThat(invalid.err()).contains("'seventeen' is not a valid key of table 'acme-invoices'");
    }

    @Test
    void aLedgerIsVerifiedByTheJournal() throws IOException {
        Path ledger = folder.resolve("own.ledger");
        tool("send", "--id", "beside", "--data", "{\"total\":1}");
        tool("wait", "--for", "processed", "--id", "beside", "-o", "json").json();
        tool("send", "--fixture", "order-created", "--count", "5", "--ledger", ledger.toString());
        Tool.Result verified = tool("verify", "--ledger", ledger.toString(), "--wait", "20s", "-o", "json");
        JsonNode verdict = verified.json();

        assertThat(verdict.path("accepted").asInt()).isEqualTo(5);
        assertThat(verdict.path("stored").asInt()).isEqualTo(5);
        // Other tests of the class may send events, too.
        assertThat(verdict.path("notInLedger").asInt()).isPositive();
        assertThat(verified.err()).contains("not in the ledger: beside");
    }

    @Test
    void functionsAreInvokedAndTheirLogsAreShown() {
        Tool.Result invoked = tool("invoke", "--data", "{\"Records\":[]}");
        Tool.Result logs = tool("logs", "Projector", "--platform");

        assertThat(invoked.exit()).as(invoked.err()).isZero();
        assertThat(invoked.out()).isEqualTo("null\n");
        assertThat(logs.exit()).as(logs.err()).isZero();
        assertThat(logs.out()).contains("ingest-kit-Projector").contains("START RequestId");
    }

    @Test
    void doctorSkipsResourcesThatTheStackLacks() throws IOException {
        JsonNode checks = tool("doctor", "-o", "json").json();

        assertThat(checks.findValuesAsText("status")).doesNotContain("fail");
        assertThat(checks.findValuesAsText("check")).contains("stream", "table", "queue", "mapping", "api", "probe");
    }

    @Test
    void doctorWarnsOfAMappingWhoseLastBatchFailed() throws IOException {
        tool("send", "--id", "p-2", "--each", "--data", "poison");
        tool("wait", "--for", "dead", "--id", "p-2");

        JsonNode checks = tool("doctor", "-o", "json").json();

        assertThat(checks)
                .filteredOn(check -> check.path("check").asText().equals("mapping"))
                .extracting(check -> check.path("status").asText())
                .containsExactly("warn");
    }

    @Test
    void functionsRunTheCodeThatWasBuiltLast() {
        assertThat(tool("wait", "--for", "reloaded").exit()).isZero();
    }
}
