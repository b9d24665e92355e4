package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Acts on a stack at an endpoint that is not a runtime by the console that the tool serves, in a real browser. */
final class ConsoleElsewhereBrowserTest {

    private static final String STREAM = "ingest-kit-Invoices";
    private static final String QUEUE = "ingest-kit-Failures";
    private static final String FUNCTION = "ingest-kit-Projector";
    private static final String TABLE = "acme-invoices";

    @TempDir
    static Path folder;

    @RegisterExtension
    static final OpenConsole console = OpenConsole.of(ConsoleElsewhereBrowserTest::stack);

    private static PlainEndpoint endpoint;
    private static ServedConsole served;
    private static AwsClients clients;

    private static LocalRuntimeConfig stack() {
        try {
            Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
            return EmbeddedStack.config(Files.writeString(folder.resolve("own.yaml"), OwnStackByToolTest.TEMPLATE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @BeforeAll
    static void serve() throws IOException {
        endpoint = new PlainEndpoint(console.runtime().endpoint());
        served = new ServedConsole(URI.create(endpoint.url()));
        clients = new AwsClients(EmbeddedStack.target(console.runtime()));
    }

    @AfterAll
    static void end() {
        clients.close();
        served.close();
        endpoint.close();
    }

    /** Deletes what a test has left; a queue is purged once a minute at most. */
    @AfterEach
    void deleteMessages() {
        clients.sqs()
                .receiveMessage(request -> request.queueUrl(queueUrl()).maxNumberOfMessages(10))
                .messages()
                .forEach(message -> clients.sqs()
                        .deleteMessage(request -> request.queueUrl(queueUrl()).receiptHandle(message.receiptHandle())));
    }

    private static void open(String page) {
        console.open(served.place(), page);
    }

    private static String queueUrl() {
        return clients.sqs().getQueueUrl(request -> request.queueName(QUEUE)).queueUrl();
    }

    private static int messages() {
        return Integer.parseInt(clients.sqs()
                .getQueueAttributes(request ->
                        request.queueUrl(queueUrl()).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
    }

    /** Puts a record for which the function fails, waits for its dead letter, and reads it in the page. */
    private static void openDeadLetter(String key) {
        clients.kinesis()
                .putRecord(request ->
                        request.streamName(STREAM).partitionKey(key).data(SdkBytes.fromUtf8String("poison")));
        Awaitility.await("the dead letter of " + key)
                .atMost(Duration.ofSeconds(60))
                .until(() -> messages() == 1);
        open("deadletters");
        console.browser().click("Read messages");
        console.browser().awaitText("1 read of about");
    }

    private static String event(String text) {
        return "{\"Records\":[{\"kinesis\":{\"data\":\"%s\"}}]}"
                .formatted(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anInvocationShowsTheAnswerAndTheErrorOfItsFunction() {
        open("functions");
        console.browser().click(FUNCTION);
        console.browser().type("Event", event("good"));
        console.browser().click("Invoke");
        console.browser().awaitText("answered in");
        console.browser().type("Event", event("poison"));
        console.browser().click("Invoke");

        console.browser().awaitText("error: Unhandled");
        console.browser().awaitText("poison in the batch");
    }

    @Test
    void aDeadLetterWhoseFunctionFailsAgainStaysInTheQueue() {
        openDeadLetter("stays");
        console.browser().click("Redrive 1 shown");
        console.browser().awaitText("Dry run: 1 message, 1 record, 6 B would go to the function.");
        console.browser().click("Redrive 1");

        console.browser().awaitText("0 records redriven, then: the function failed");
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void aDrainDeletesTheMessagesAfterTheirFileIsSaved() {
        openDeadLetter("drained");
        console.browser().click("Drain to a file");
        console.browser().awaitText("1 record of 1 message saved");
        assertThat(messages()).isEqualTo(1);
        console.browser().click("Delete 1 saved");

        console.browser().awaitText("1 message drained");
        assertThat(messages()).isZero();
    }

    @Test
    void aPurgeWithTheQueuesNameEmptiesIt() {
        openDeadLetter("purged");
        console.browser().click("Purge");
        console.browser().type("Name of the queue", QUEUE);
        console.browser().clickIn(".plan", "Purge");

        console.browser().awaitText(QUEUE + " purged");
        assertThat(messages()).isZero();
    }

    @Test
    void aShardIsSplitAndItsHalvesAreMerged() {
        open("streams");
        console.browser().choose("Stream", "ingest-kit-Corrections");
        console.browser().clickLabel("Split shardId-000000000000");
        console.browser().awaitText("shardId-000000000000 is split");
        console.browser().clickLabel("Merge shardId-000000000001 with shardId-000000000002");
        console.browser().awaitText("the shards are merged");

        assertThat(clients.kinesis()
                        .listShards(request -> request.streamName("ingest-kit-Corrections"))
                        .shards())
                .filteredOn(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .extracting(Shard::shardId)
                .containsExactly("shardId-000000000003");
    }

    @Test
    void anItemIsWritten() {
        Map<String, AttributeValue> key = Map.of("invoiceNo", AttributeValue.fromN("17"));
        clients.dynamoDb().putItem(request -> request.tableName(TABLE).item(key));
        open("tables");
        console.browser().click("17");
        console.browser()
                .type("Item in DynamoDB's JSON", "{\"invoiceNo\":{\"N\":\"17\"},\"note\":{\"S\":\"by hand\"}}");
        console.browser().click("Write item");
        console.browser().awaitText("item written");

        assertThat(clients.dynamoDb()
                        .getItem(request -> request.tableName(TABLE).key(key))
                        .item())
                .containsEntry("note", AttributeValue.fromS("by hand"));
    }
}
