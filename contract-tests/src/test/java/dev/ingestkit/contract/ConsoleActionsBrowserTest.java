package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Acts on functions, dead letters and data by the console's pages as a person does, in a real browser. */
final class ConsoleActionsBrowserTest {

    private static final String WRITER = "ingest-kit-Writer";

    private static OpenConsole console;
    private static Browser browser;

    @BeforeAll
    static void start() {
        console = OpenConsole.start();
        browser = console.browser();
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
    }

    @AfterEach
    void noScriptFailed() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aFunctionIsInvokedWithASavedEvent() {
        console.open("functions");
        browser.click(WRITER);
        browser.type("Event", "{\"Records\":[]}");
        browser.type("Name of the event", "no-records");
        browser.click("Save event");
        browser.awaitText("no-records saved in this browser");
        console.open("functions");
        browser.click(WRITER);
        browser.choose("Saved event", "no-records");
        browser.awaitText("--data '{\"Records\":[]}'");
        browser.click("Invoke");

        browser.awaitText("answered in");
        browser.awaitText("Latest invocations of " + WRITER);
        browser.await(
                "the memory is shown", "/\\d+ of [\\d,]+ MB/.test(document.querySelector('main table').innerText)");
        browser.click("Delete event");
        browser.awaitText("no-records deleted");
    }

    @Test
    void aFunctionIsLoadedAgain() {
        console.open("functions");
        browser.click(WRITER);
        browser.awaitText("ingest-cli reload " + WRITER);
        browser.click("Load again");
        browser.awaitText(WRITER + " is being loaded again");

        browser.await(
                "two cold starts are counted",
                "[...document.querySelectorAll('main tbody tr')].some(row =>"
                        + " row.cells[0].innerText === arguments[0] && Number(row.cells[6].innerText) >= 2)",
                WRITER);
    }

    @Test
    void aDeadLetterIsGivenToTheFunctionAgain() {
        console.put("given-again", "{\"open\":");
        console.open("deadletters");
        browser.click("given-again");
        browser.click("Edit");
        browser.type("Edited payload", "{\"open\": false}");
        browser.click("Redrive edited");

        browser.awaitText("1 record redriven");
        console.awaitEvent("given-again", "stored");
    }

    @Test
    void selectedDeadLettersAreRedrivenAfterADryRun() {
        console.put("chosen-1", "not json");
        console.put("chosen-2", "not json either");
        console.open("deadletters");
        browser.clickLabel("Select chosen-1");
        browser.clickLabel("Select chosen-2");
        browser.choose("Route of a redrive", "stream");
        browser.awaitText("ingest-cli dlq redrive --dry-run --via stream");
        browser.click("Redrive 2 selected");
        browser.awaitText("Dry run: 2 messages, 2 records");
        browser.awaitText("would go to the stream again");
        browser.click("Redrive 2");

        browser.awaitText("2 records redriven");
    }

    @Test
    void aRecordThatFailsAgainStaysADeadLetter() {
        console.put("fails-again", "not json");
        console.open("deadletters");
        browser.click("fails-again");
        browser.click("Redrive");
        browser.awaitText("1 record redriven");

        // The function has parked it again.
        console.open("deadletters");
        browser.awaitText("fails-again");
    }

    @Test
    void metricsThatClientsPublishAreShown() throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(console.runtime().endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("Action=PutMetricData&Version=2010-08-01&Namespace=Orders"
                        + "&MetricData.member.1.MetricName=Paid&MetricData.member.1.Value=12.5"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(put, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        console.open("pipeline");

        browser.awaitText("Published metrics");
        browser.awaitText("Orders Paid");
        browser.awaitText("12.5");
    }

    @Test
    void anItemIsEdited() {
        console.open("tables");
        browser.click("good-1");
        browser.await("the item is open", "document.querySelector('main textarea')");
        String edited = browser.script("return document.querySelector('main textarea').value")
                .asText()
                .replace("\n}", ",\n  \"note\": {\"S\": \"by hand\"}\n}");
        browser.type("Item in DynamoDB\'s JSON", edited);
        browser.click("Write item");
        browser.awaitText("item written");
        console.open("tables");
        browser.click("good-1");

        browser.await("the note is kept", "document.querySelector('main textarea')?.value.includes('by hand')");
    }

    @Test
    void aMessageIsSentToAQueue() {
        console.open("queues");
        browser.type("Message to send", "hello from the console");
        browser.awaitText("aws sqs send-message");
        browser.click("Send");

        browser.awaitText("message sent");
    }
}
