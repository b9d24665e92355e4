package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Uses the console of a stack with two resources of each kind: a batch that fails, an HTTP API, a template that changes,
 * and hostile text in everything that a page prints.
 */
final class ConsoleStackBrowserTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    @RegisterExtension
    static final OpenConsole console = OpenConsole.of(ConsoleStackBrowserTest::stack);

    private static LocalRuntimeConfig stack() {
        try (InputStream text = ConsoleStackBrowserTest.class.getResourceAsStream("/console.yaml")) {
            Files.copy(requireNonNull(text, "console.yaml"), template());
            Files.write(folder.resolve("reader.jar"), FunctionArchive.of(TalkingFunction.class));
            Files.write(folder.resolve("guard.jar"), FunctionArchive.of(GuardFunction.class));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return EmbeddedStack.config(template());
    }

    private static Path template() {
        return folder.resolve("console.yaml");
    }

    private static String output(String name) {
        return requireNonNull(console.runtime().outputs().get(name), name);
    }

    private static AwsClients clients() {
        return new AwsClients(EmbeddedStack.target(console.runtime()));
    }

    /** Puts records in one call, so that the mapping delivers them in one batch. */
    private static void putTogether(Map<String, String> texts) {
        try (AwsClients clients = clients()) {
            clients.kinesis()
                    .putRecords(request -> request.streamName(output("StreamName"))
                            .records(texts.entrySet().stream()
                                    .map(record -> PutRecordsRequestEntry.builder()
                                            .partitionKey(record.getKey())
                                            .data(SdkBytes.fromUtf8String(record.getValue()))
                                            .build())
                                    .toList()));
        }
    }

    private static int post(String key) throws IOException, InterruptedException {
        URI url = URI.create(output("HttpUrl") + "/put/" + URLEncoder.encode(key, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", "open")
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"http\"}"))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static int count(String selector) {
        return console.browser()
                .script("return document.querySelectorAll(arguments[0]).length", selector)
                .asInt();
    }

    @Test
    void aFailedBatchIsDrawnAsATreeOfItsHalves() {
        putTogether(Map.of("half-1", "a", "half-2", "b", "half-3", "poison", "half-4", "d"));
        console.openEvent("half-3", "dead");
        console.browser().click("Its dead letter");
        console.browser().await("one message is shown", "document.querySelectorAll('main tbody tr').length === 1");
        console.browser().awaitText("RetryAttemptsExhausted");
        console.browser().type("Filter dead letters", "");
        console.openEvent("half-3", "dead");

        console.browser().awaitText("Bisect");
        assertThat(console.browser()
                        .script("return document.querySelector('.tree > li > .batch').innerText")
                        .asText())
                .contains("4 records", "holds this event");
        // The whole batch, its two halves, and those of the half that failed.
        assertThat(count(".tree .batch")).isEqualTo(5);
        assertThat(count(".tree .batch.own.bad")).isEqualTo(3);
        assertThat(count(".tree .batch.good")).isEqualTo(2);
        assertThat(console.browser()
                        .script("return document.querySelectorAll('.tree ul ul > li > .batch.own').length")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void anEventLeadsToTheOthersOfItsBatch() {
        putTogether(Map.of("beside-1", "a", "beside-2", "b"));
        console.openEvent("beside-1", "processed");
        console.browser().awaitText("In the same batch");
        console.browser().click("beside-2");

        console.browser()
                .await("the other event is shown", "document.querySelector('main h1')?.innerText === 'beside-2'");
    }

    @Test
    void theLinesOfACapsuleWorkAsTheyAreShown() {
        putTogether(Map.of("for-a-capsule", "poison"));
        console.openEvent("for-a-capsule", "dead");
        console.browser().awaitText("Capsule and test");
        String line = console.browser()
                .script("return [...document.querySelectorAll('.cli code')].map(code => code.innerText)"
                        + ".find(line => line.startsWith('ingest-cli capsule save'))")
                .asText();
        List<String> words = List.of(line.split(" ", -1));

        Tool.Result saved = new Tool(folder)
                .variable("INGEST_ENDPOINT_URL", console.runtime().endpoint().toString())
                .run(words.subList(1, words.size()).toArray(String[]::new));

        assertThat(saved.exit()).as(line + ": " + saved.err()).isZero();
    }

    @Test
    void theDecisionOfAnHttpApisAuthorizerIsInTheEventsLife() throws Exception {
        assertThat(post("by-http-1")).isEqualTo(200);
        assertThat(post("by-http-2")).isEqualTo(200);

        console.openEvent("by-http-1", "processed");
        console.browser().awaitText("Doorman, function invoked");
        console.browser().awaitText("Parameter mapping");
        console.browser().awaitText("API answered 200");
        console.openEvent("by-http-2", "processed");
        console.browser().awaitText("Authorized by a cached decision");
        console.browser().awaitText("Doorman, cached");
    }

    @Test
    void aChangedTemplateIsShownUntilTheFileIsWhatRuns() throws IOException {
        String before = Files.readString(template());
        console.open("template");
        console.browser().awaitText("the stack matches the files");

        Files.writeString(template(), before.replace("BatchSize: 10", "BatchSize: 9"));
        console.browser().awaitText("Applied by the last change");
        Files.writeString(template(), before.replace(topic(before), ""));
        console.browser().awaitText("Applied at the next start");
        Files.writeString(template(), before + "\nResources: [");
        console.browser().awaitText("the changed files are not applied");
        console.browser().awaitText("Correct the file, and it is applied when it is saved");
        Files.writeString(template(), before);
        console.browser().awaitText("the stack matches the files");
        assertThat(console.shows("Correct the file")).isFalse();
    }

    /** Returns the template's topic, which passes messages on until the next start. */
    private static String topic(String text) {
        return text.lines()
                .filter(line -> line.contains("AWS::SNS::Topic"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void resourcesAreFiltered() {
        console.open("template");
        console.browser().type("Filter resources", "AWS::SQS");

        console.browser().await("three are left", "document.querySelectorAll('main tbody tr').length === 3");
        console.browser().type("Filter resources", "");
    }

    @Test
    void anotherStreamsShardsAreSplitAndMerged() {
        console.open("streams");
        console.browser().choose("Stream", output("OtherStream"));
        console.browser().awaitText(output("OtherStream") + ": ACTIVE, 2 open shards");
        console.browser().clickLabel("Split shardId-000000000000");
        console.browser().awaitText("shardId-000000000000 is split");
        console.browser().awaitText("3 open shards");
        console.browser().clickLabel("Merge shardId-000000000002 with shardId-000000000003");
        console.browser().awaitText("the shards are merged");
        console.browser().awaitText("2 open shards");
        console.browser().choose("Stream", output("StreamName"));

        console.browser().awaitText("1 open shard");
    }

    @Test
    void aQueuesMessageIsRead() {
        try (AwsClients clients = clients()) {
            clients.sqs()
                    .sendMessage(request -> request.queueUrl(output("JobsUrl"))
                            .messageBody("{\"job\":\"" + OpenConsole.HOSTILE + "\"}"));
        }
        console.open("queues");
        String jobs = output("JobsUrl").substring(output("JobsUrl").lastIndexOf('/') + 1);
        console.browser().click(jobs);
        console.browser().awaitText("The first messages of " + jobs);
        console.browser().await("there is a message", "document.querySelector('main details')");
        console.browser().script("document.querySelector('main details').open = true");

        console.browser().awaitText("\"job\": \"" + OpenConsole.HOSTILE + "\"");
        console.assertNoMarkup("queues");
    }

    @Test
    void aMessageForAFifoQueueHasAGroup() {
        console.open("queues");
        console.browser().click("ordered.fifo");
        console.browser().awaitText("The first messages of ordered.fifo");
        console.browser().type("Message group", "group-7");
        console.browser().type("Message to send", "first");
        console.browser().awaitText("--message-body first --message-group-id group-7");
        for (int sent = 1; sent <= 2; sent++) {
            console.browser().type("Message to send", "same text");
            console.browser().click("Send");
            console.browser()
                    .await(
                            sent + " messages are listed",
                            "document.querySelectorAll('main details').length === arguments[0]",
                            sent);
        }
    }

    @Test
    void aStreamThatNoMappingReadsIsNamedAsTheReasonWhyItsEventsWait() {
        try (AwsClients clients = clients()) {
            clients.kinesis()
                    .putRecord(request -> request.streamName(output("OtherStream"))
                            .partitionKey("nobody-reads-1")
                            .data(SdkBytes.fromUtf8String("{}")));
        }
        console.openEvent("nobody-reads-1", "in-flight");
        console.browser().awaitText("No mapping of the stack reads the stream " + output("OtherStream"));
        console.open("pipeline");
        console.browser()
                .await(
                        "the stream has no reader",
                        "[...document.querySelectorAll('.node.stream')].find(node => node.textContent.includes('Others'))"
                                + "?.textContent.includes('no mapping reads it')");
        int counted = console.browser()
                .script(
                        "return fetch('/_ingest/rates').then(answer => answer.json()).then(rates => rates.intervals"
                                + ".reduce((sum, interval) => sum + (interval.streams?.[arguments[0]] ?? 0), 0))",
                        output("OtherStream"))
                .asInt();
        assertThat(counted).isEqualTo(1);
    }

    @Test
    void theRecordsOfABatchAreReadBackFromItsDeadLetter() {
        putTogether(Map.of("read-back-1", "poison " + OpenConsole.HOSTILE));
        console.openEvent("read-back-1", "dead");
        console.browser().click("Its dead letter");
        console.browser().await("one message is shown", "document.querySelectorAll('main tbody tr').length === 1");
        console.browser().click("shardId-000000000000");

        console.browser().awaitText("poison " + OpenConsole.HOSTILE);
        console.browser().awaitText("read-back-1");
        console.assertNoMarkup("deadletters");
        console.browser().type("Filter dead letters", "");
    }

    @Test
    void anotherTablesItemsAreReadPageByPage() {
        try (AwsClients clients = clients()) {
            IntStream.rangeClosed(1, 60)
                    .forEach(number -> clients.dynamoDb()
                            .putItem(request -> request.tableName(output("CountersTable"))
                                    .item(Map.of("number", AttributeValue.fromN(String.valueOf(number))))));
        }
        console.open("tables");
        console.browser().choose("Table", output("CountersTable"));
        console.browser().await("a page is shown", "document.querySelectorAll('main tbody tr').length === 50");
        console.browser().click("More");
        console.browser().await("all are shown", "document.querySelectorAll('main tbody tr').length === 60");
        console.browser().type("Key", "7");
        console.browser().click("Read");
        console.browser().await("one is found", "document.querySelectorAll('main tbody tr').length === 1");
        console.browser().click("7");
        console.browser().await("the item is open", "document.querySelector('main textarea')");
        console.browser().click("Close");
        console.browser().await("the item is closed", "!document.querySelector('main textarea')");
        console.browser().type("Key", "");
    }

    @Test
    void hostileTextStaysTextOnThePagesThatPrintIt() throws IOException, InterruptedException {
        putTogether(Map.of(OpenConsole.HOSTILE, "poison " + OpenConsole.HOSTILE));
        publish(OpenConsole.HOSTILE);
        console.awaitEvent(OpenConsole.HOSTILE, "dead");
        assertShown("events");
        console.openEvent(OpenConsole.HOSTILE, "dead");
        assertShown("event");
        for (String page : List.of("pipeline", "template", "secrets")) {
            console.open(page);
            assertShown(page);
        }
        assertThat(console.shows("never-shown")).isFalse();
        console.open("functions");
        console.browser().click(output("ReaderName"));
        console.browser().awaitText("poison " + OpenConsole.HOSTILE);
        console.browser().type("Event", "{\"echo\":\"" + OpenConsole.HOSTILE + "\"}");
        console.browser().click("Invoke");
        console.browser().awaitText("\"echo\": \"" + OpenConsole.HOSTILE + "\"");
        assertShown("functions");
        console.open("faults");
        console.browser().type("Only targets like", OpenConsole.HOSTILE);
        console.browser().click("Inject");
        console.browser().awaitText("Active faults");
        assertShown("faults");
        console.browser().click("Clear all");
        console.browser().awaitText("No fault is active");
    }

    private static void publish(String metric) throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(console.runtime().endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Action=PutMetricData&Version=2010-08-01&Namespace=Orders"
                        + "&MetricData.member.1.Value=1&MetricData.member.1.MetricName="
                        + URLEncoder.encode(metric, StandardCharsets.UTF_8)))
                .build();
        assertThat(HTTP.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private static void assertShown(String page) {
        console.browser().awaitText(OpenConsole.HOSTILE);
        console.assertNoMarkup(page);
    }
}
