package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Acts on functions, dead letters and data by the console's pages as a person does, in a real browser. */
final class ConsoleActionsBrowserTest {

    private static final String WRITER = "ingest-kit-Writer";
    private static final String AUTHORIZER = "ingest-kit-Authorizer";

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void aFunctionIsInvokedWithASavedEvent() {
        console.open("functions");
        console.browser().click(WRITER);
        console.browser().type("Event", "{\"Records\":[]}");
        console.browser().type("Name of the event", "no-records");
        console.browser().click("Save event");
        console.browser().awaitText("no-records saved in this browser");
        console.open("functions");
        console.browser().click(WRITER);
        console.browser().choose("Saved event", "no-records");
        console.browser().awaitText("--data '{\"Records\":[]}'");
        console.browser().click("Invoke");

        console.browser().awaitText("answered in");
        console.browser().awaitText("Latest invocations of " + WRITER);
        console.browser()
                .await(
                        "the memory is shown",
                        "/\\d+ of [\\d,]+ MB/.test(document.querySelector('main table').innerText)");
        console.browser().click("Delete event");
        console.browser().awaitText("no-records deleted");
    }

    @Test
    void invocationsByHandAndOfAnAuthorizerAreCounted() {
        int writes = invocations(WRITER);
        int decisions = invocations(AUTHORIZER);
        console.open("functions");
        console.browser().click(WRITER);
        console.browser().type("Event", "{\"Records\":[]}");
        console.browser().click("Invoke");
        console.browser().awaitText("answered in");
        console.submit("counted-1", "{}");

        awaitInvocations(WRITER, writes + 1);
        awaitInvocations(AUTHORIZER, decisions + 1);
    }

    private static int invocations(String function) {
        console.open("functions");
        return console.browser()
                .script(
                        "return fetch('/_ingest/rates').then(answer => answer.json())"
                                + ".then(rates => rates.functions[arguments[0]]?.invocations ?? 0)",
                        function)
                .asInt();
    }

    /** Waits until the page shows that a function was invoked at least so often. */
    private static void awaitInvocations(String function, int number) {
        console.browser()
                .await(
                        number + " invocations of " + function,
                        "[...document.querySelectorAll('main tbody tr')].some(row =>"
                                + " row.cells[0].innerText === arguments[0] && Number(row.cells[2].innerText) >= arguments[1])",
                        function,
                        number);
    }

    @Test
    void aFunctionIsReloaded() {
        console.open("functions");
        console.browser().click(WRITER);
        console.browser().awaitText("ingest-cli reload " + WRITER);
        console.browser().click("Reload");
        console.browser().awaitText(WRITER + " is reloading");

        console.browser()
                .await(
                        "two cold starts are counted",
                        "[...document.querySelectorAll('main tbody tr')].some(row =>"
                                + " row.cells[0].innerText === arguments[0] && Number(row.cells[6].innerText) >= 2)",
                        WRITER);
    }

    @Test
    void aDeadLetterIsRedrivenToTheFunction() {
        console.put("given-again", "{\"open\":");
        console.open("deadletters");
        console.browser().click("given-again");
        console.browser().click("Edit");
        console.browser().type("Edited payload", "{\"open\": false}");
        console.browser().click("Redrive edited");

        console.browser().awaitText("1 record redriven");
        console.awaitEvent("given-again", "stored");
    }

    @Test
    void selectedDeadLettersAreRedrivenAfterADryRun() {
        console.put("chosen-1", "not json");
        console.put("chosen-2", "not json either");
        console.open("deadletters");
        console.browser().clickLabel("Select chosen-1");
        console.browser().clickLabel("Select chosen-2");
        console.browser().choose("Route of a redrive", "stream");
        awaitLine("^ingest-cli dlq redrive [0-9a-f]{8} [0-9a-f]{8} --dry-run --via stream$");
        console.browser().click("Redrive 2 selected");
        console.browser().awaitText("Dry run: 2 messages, 2 records");
        console.browser().awaitText("would go to the stream again");
        awaitLine("^ingest-cli dlq redrive [0-9a-f]{8} [0-9a-f]{8} --via stream$");
        console.browser().click("Redrive 2");

        console.browser().awaitText("2 records redriven");
    }

    /** Waits for a line of the tool that names the messages. */
    private static void awaitLine(String pattern) {
        console.browser()
                .await("the line " + pattern, "new RegExp(arguments[0], 'm').test(document.body.innerText)", pattern);
    }

    @Test
    void aRecordThatFailsAgainStaysADeadLetter() {
        console.put("fails-again", "not json");
        console.open("deadletters");
        console.browser().click("fails-again");
        console.browser().click("Redrive");
        console.browser().awaitText("1 record redriven");

        // The function has parked it again.
        console.open("deadletters");
        console.browser().awaitText("fails-again");
    }

    @Test
    void theDeadLetterOfAnAsynchronousInvocationHasItsReasonAndCommand() {
        console.open("queues");
        console.browser().type("Message to send", """
                {"version":"1.0","requestContext":{"requestId":"r","condition":"RetriesExhausted","approximateInvokeCount":3,
                "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:mailer:$LATEST"},
                "requestPayload":{"to":"nobody"},"responseContext":{"statusCode":200,"functionError":"Unhandled"}}""");
        console.browser().click("Send");
        console.browser().awaitText("message sent");
        console.open("deadletters");
        console.browser().awaitText("RetriesExhausted, function unhandled");
        console.browser().click("mailer");

        console.browser().awaitText("nobody");
        console.browser().awaitText("ingest-cli dlq redrive ");
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

        console.browser().awaitText("Published metrics");
        console.browser().awaitText("Orders Paid");
        console.browser().awaitText("12.5");
    }

    @Test
    void anItemThatAnotherTabHasWrittenIsNotOverwritten() {
        Browser browser = console.browser();
        console.put("shared-1", "{\"total\":1}");
        console.awaitEvent("shared-1", "stored");
        console.open("tables");
        edit("shared-1", "late");
        String first = browser.tab();
        String second = browser.newTab();
        console.open("tables");
        edit("shared-1", "early");
        browser.click("Write item");
        browser.awaitText("item written");

        browser.closeTab();
        browser.tab(first);
        assertThat(second).isNotEqualTo(first);
        browser.click("Write item");
        browser.awaitText("the item has been changed since it was opened");
        assertThat(browser.script("return document.querySelector('main textarea').value")
                        .asText())
                .contains("late");
    }

    private static void edit(String key, String note) {
        Browser browser = console.browser();
        browser.click(key);
        browser.await("the item is open", "document.querySelector('main textarea')");
        String item = browser.script("return document.querySelector('main textarea').value")
                .asText();
        browser.type("Item in DynamoDB\'s JSON", item.replace("\n}", ",\n  \"note\": {\"S\": \"" + note + "\"}\n}"));
    }

    @Test
    void anItemIsEdited() {
        console.open("tables");
        console.browser().click("good-1");
        console.browser().await("the item is open", "document.querySelector('main textarea')");
        String edited = console.browser()
                .script("return document.querySelector('main textarea').value")
                .asText()
                .replace("\n}", ",\n  \"note\": {\"S\": \"by hand\"}\n}");
        console.browser().type("Item in DynamoDB\'s JSON", edited);
        console.browser().click("Write item");
        console.browser().awaitText("item written");
        console.open("tables");
        console.browser().click("good-1");

        console.browser()
                .await("the note is kept", "document.querySelector('main textarea')?.value.includes('by hand')");
    }

    @Test
    void aMessageIsSentToAQueue() {
        console.open("queues");
        console.browser().type("Message to send", "hello from the console");
        console.browser().awaitText("aws sqs send-message");
        console.browser().click("Send");

        console.browser().awaitText("message sent");
    }
}
