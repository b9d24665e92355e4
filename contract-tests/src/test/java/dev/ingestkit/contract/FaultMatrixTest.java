package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets every fault by the tool on a running stack: each acts as documented and is in the journal. */
final class FaultMatrixTest {

    @TempDir
    static Path state;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static LocalRuntime runtime;
    private static StackResources outputs;
    private static String authorization;
    private static String authorizer;

    private final String id = "event-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        runtime = LocalRuntime.start(EmbeddedStack.config().withLimits(false));
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            outputs = StackResources.of(clients);
            authorization = Credentials.read(clients, outputs).basic();
            authorizer = clients.lambda().listFunctions().functions().stream()
                    .map(function -> function.functionName())
                    .filter(name -> name.contains("Authorizer"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @AfterAll
    static void end() {
        runtime.close();
    }

    @AfterEach
    void clear() {
        assertThat(tool("faults", "clear").exit()).isZero();
    }

    private static Tool.Result tool(String... command) {
        return new Tool(state)
                .target("--endpoint-url", runtime.endpoint().toString())
                .run(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gateway:throttle,match=ID               | post    | 429
        gateway:error,match=ID                  | post    | 500
        gateway:timeout,match=ID                | post    | silence
        gateway:delay,delay=5ms,match=ID        | post    | 200 sequenceNumber
        gateway:drop,match=ID                   | post    | cut
        kinesis-put:throttle,match=ID           | put     | 400 ProvisionedThroughputExceededException
        kinesis-put:error,match=ID              | put     | 500 InternalFailure
        kinesis-put:timeout,match=ID            | put     | silence
        kinesis-put:delay,delay=5ms,match=ID    | put     | 200 SequenceNumber
        kinesis-put:duplicate,match=ID          | put     | 200 SequenceNumber
        kinesis-put:drop,match=ID               | put     | cut
        kinesis-get:throttle                    | get     | 400 ProvisionedThroughputExceededException
        kinesis-get:error                       | get     | 500 InternalFailure
        kinesis-get:timeout                     | get     | silence
        kinesis-get:delay,delay=5ms             | get     | 200 Records
        kinesis-get:duplicate                   | get     | 200 Records
        kinesis-get:drop                        | get     | cut
        function-invoke:throttle,match=NAME     | invoke  | 429 injected fault
        function-invoke:error,match=NAME        | invoke  | 500
        function-invoke:timeout,match=NAME      | invoke  | silence
        function-invoke:delay,delay=5ms,match=NAME | invoke | 200 methodArn
        function-invoke:crash,match=NAME        | invoke  | 200 Runtime exited
        function-invoke:duplicate,match=NAME    | invoke  | 200 methodArn
        function-start:error,match=NAME         | restart | exit
        function-start:delay,delay=5ms,match=NAME | restart | 200 methodArn
        dynamodb:throttle,match=ID              | item    | 400 ProvisionedThroughputExceededException
        dynamodb:error,match=ID                 | item    | 500 InternalServerError
        dynamodb:timeout,match=ID               | item    | silence
        dynamodb:delay,delay=5ms,match=ID       | item    | 200
        dynamodb:duplicate,match=ID             | item    | 200
        dynamodb:drop,match=ID                  | item    | cut
        sqs:throttle                            | message | 403 RequestThrottled
        sqs:error                               | message | 500 InternalFailure
        sqs:timeout                             | message | silence
        sqs:delay,delay=5ms                     | message | 200 MessageId
        sqs:duplicate                           | message | 200 MessageId
        sqs:drop                                | message | cut
        secret:throttle                         | value   | 400 ThrottlingException
        secret:error                            | value   | 500 InternalServiceError
        secret:timeout                          | value   | silence
        secret:delay,delay=5ms                  | value   | 200 SecretString
        secret:drop                             | value   | cut
        """)
    void eachFaultActsAsDocumentedAndIsInTheJournal(String specification, String call, String expected) {
        String fault = specification.replace("ID", id).replace("NAME", authorizer);
        HttpRequest request = request(call);
        long before = runtime.journal().last();
        Tool.Result set = tool("faults", "set", fault);
        assertThat(set.exit()).as(set.err()).isZero();
        if (call.equals("restart")) {
            tool("faults", "set", "function-invoke:crash,times=1,match=" + authorizer);
            sent(request).join();
        }

        CompletableFuture<String> answer = sent(request);

        Awaitility.await(fault + " is in the journal").until(() -> injected(before, fault.split("[:,]", 3)));
        if (expected.equals("silence")) {
            assertThat(answer).isNotDone();
        } else {
            for (String part : expected.split(" ", 2)) {
                assertThat(answer.join()).contains(part);
            }
        }
        assertThat(tool("faults", "list", "-o", "json").out()).contains(fault.split(",", 2)[0]);
    }

    private static boolean injected(long after, String[] fault) {
        return runtime.journal().after(after, 100_000).stream()
                .map(JournalEntry::event)
                .anyMatch(event -> event instanceof JournalEvent.Fault entry
                        && entry.stage().equals(fault[0])
                        && entry.fault().equals(fault[1]));
    }

    @Test
    void everyFaultHasARow() throws NoSuchMethodException {
        String rows = FaultMatrixTest.class
                .getDeclaredMethod(
                        "eachFaultActsAsDocumentedAndIsInTheJournal", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class)
                .textBlock();

        assertThat(rows.lines().map(row -> row.strip().split("[ ,]", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(allFaults());
    }

    @Test
    void everyFaultHasACellInTheReference() throws IOException {
        List<String[]> table = table("docs/reference/faults.md", "| kind |");
        List<String> documented = new ArrayList<>();
        for (String[] row : table.subList(2, table.size())) {
            for (int column = 3; column < row.length - 1; column++) {
                if (!row[column].isEmpty()) {
                    documented.add(table.get(0)[column] + ":" + row[1].replace("`", ""));
                }
            }
        }

        assertThat(documented).containsExactlyInAnyOrderElementsOf(allFaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        docs/reference/faults.md            ; | stage | decides |
        docs/concepts/journal-and-faults.md ; | stage | class |
        """)
    void everyStageHasARowInTheDocumentation(String page, String heading) throws IOException {
        List<String[]> table = table(page, heading);

        assertThat(table.subList(2, table.size()).stream()
                        .flatMap(row -> Stream.of(row[1].replace("`", "").split(", "))))
                .containsExactly(
                        Stream.of(FaultStage.values()).map(FaultStage::label).toArray(String[]::new));
    }

    private static List<String[]> table(String page, String heading) throws IOException {
        return Files.readAllLines(EmbeddedStack.root().resolve(page)).stream()
                .dropWhile(line -> !line.startsWith(heading))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .toList();
    }

    private static List<String> allFaults() {
        return Stream.of(FaultStage.values())
                .flatMap(stage -> stage.kinds().stream().map(kind -> stage.label() + ":" + kind))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"duplicate, 2", "drop, 1", "delay, 1", "throttle, 0", "error, 0", "timeout, 0"})
    void aPutFaultStoresTheRecordTheDocumentedNumberOfTimes(String kind, int records) {
        tool("faults", "set", "kinesis-put:" + kind + ",match=" + id);

        CompletableFuture<String> answer = sent(request("put"));

        if (!kind.equals("timeout")) {
            answer.join();
        }
        assertThat(runtime.journal().after(0, 1_000_000).stream()
                        .map(JournalEntry::event)
                        .filter(event -> event instanceof JournalEvent.Put put
                                && put.partitionKey().equals(id)))
                .hasSize(records);
    }

    @Test
    void anUnsupportedFaultIsRefusedWithTheSupportedOnes() {
        for (FaultStage stage : FaultStage.values()) {
            for (FaultKind kind : FaultKind.values()) {
                Tool.Result set = tool("faults", "set", stage.label() + ":" + kind.label() + ",rate=0");

                assertThat(set.exit()).as("%s %s: %s", stage, kind, set.err()).isEqualTo(stage.allows(kind) ? 0 : 2);
                if (!stage.allows(kind)) {
                    assertThat(set.err()).contains("stage '" + stage.label() + "' has no fault", "it has: ");
                }
            }
        }
    }

    @Test
    void aFilterByEventIdInjectsIntoTheInvocationWithTheEvent() {
        tool("faults", "set", "function-invoke:error,times=1,match=" + id);

        assertThat(sent(request("post")).join()).startsWith("200");

        Awaitility.await("the event is stored despite the fault")
                .atMost(Duration.ofMinutes(1))
                .until(() -> tool("wait", "--for", "stored", "--id", id).exit() == 0);
        assertThat(tool("faults", "list", "-o", "json").out()).contains("\"hits\" : 1");
    }

    private static CompletableFuture<String> sent(HttpRequest request) {
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((answer, failure) -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return cause instanceof IOException ? "cut" : answer.statusCode() + " " + answer.body();
        });
    }

    private HttpRequest request(String call) {
        String stream = outputs.streamName();
        return switch (call) {
            case "post" ->
                HttpRequest.newBuilder(URI.create(outputs.submitUrl().orElseThrow() + "/" + stream + "/" + id))
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"n\":1}"))
                        .build();
            case "put" ->
                service("Kinesis_20131202.PutRecord", Map.of("StreamName", stream, "PartitionKey", id, "Data", "e30="));
            case "get" -> service("Kinesis_20131202.GetRecords", Map.of("ShardIterator", iterator(stream)));
            case "item" -> service("DynamoDB_20120810.PutItem", item());
            case "message" ->
                service("AmazonSQS.SendMessage", Map.of("QueueUrl", outputs.queueUrl(), "MessageBody", "x"));
            case "value" -> service("secretsmanager.GetSecretValue", Map.of("SecretId", secret()));
            default ->
                HttpRequest.newBuilder(
                                runtime.endpoint().resolve("/2015-03-31/functions/" + authorizer + "/invocations"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"headers\":{}}"))
                        .build();
        };
    }

    private static String iterator(String stream) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            return clients.kinesis()
                    .getShardIterator(request -> request.streamName(stream)
                            .shardId("shardId-000000000000")
                            .shardIteratorType("TRIM_HORIZON"))
                    .shardIterator();
        }
    }

    private static String secret() {
        return requireNonNull(runtime.outputs().get("SecretArn"));
    }

    private ObjectNode item() {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("TableName", outputs.tableName());
        ObjectNode item = input.putObject("Item");
        item.putObject("eventId").put("S", id);
        item.putObject("part").put("N", "0");
        return input;
    }

    private static HttpRequest service(String target, Map<String, String> input) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        input.forEach(members::put);
        return service(target, members);
    }

    private static HttpRequest service(String target, ObjectNode input) {
        return HttpRequest.newBuilder(runtime.endpoint())
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(input.toString(), StandardCharsets.UTF_8))
                .build();
    }
}
