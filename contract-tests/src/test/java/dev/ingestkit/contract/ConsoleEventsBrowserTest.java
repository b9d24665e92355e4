package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.proof.browser.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses the console's pages of events and dead letters as a person does, in a real browser. */
final class ConsoleEventsBrowserTest {

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
    void anEventsTimeLineLeadsToItsItem() {
        console.openEvent("good-1", "stored");

        browser.awaitText("Put into the stream");
        browser.awaitText("Item written");
        browser.awaitText("Stored item");
        browser.awaitText("\"total\": 1");
    }

    @Test
    void anEventsTimeLineHasTheDecisionTheTemplateAndTheConditionalWrite() {
        console.submit("with-steps", "{\"step\":1}");
        console.openEvent("with-steps", "stored");

        browser.awaitText("Mapping template");
        browser.awaitText("Basic as ingest");
        browser.awaitText("PutItem written");
        browser.awaitText("if attribute_not_exists");
        browser.click("Input and output");
        browser.awaitText("\"PartitionKey\": \"with-steps\"");
    }

    @Test
    void payloadsAreSearched() {
        console.put("with-a-word", "{\"word\":\"Zwetschge\"}");
        console.open("events");
        browser.awaitText("with-a-word");
        browser.click("More filters");
        browser.type("Payload", "zwetschge");

        browser.awaitText("1 found of");
        browser.awaitText("with-a-word");
        browser.type("Payload", "Mirabelle");
        browser.awaitText("No event matches");
        browser.click("Clear");
        browser.awaitText("with-a-word");
    }

    @Test
    void anEventThatArrivesIsShownAtOnce() {
        console.open("events");
        browser.awaitText("good-1");

        console.put("arrives-later", "{}");

        browser.awaitText("arrives-later");
    }

    @Test
    void aPausedListStandsStill() {
        console.open("events");
        browser.awaitText("good-1");
        browser.click("Pause");
        console.put("while-paused", "{}");
        browser.click("Continue");

        browser.awaitText("while-paused");
    }

    @Test
    void hostilePayloadsStayText() {
        console.openEvent(OpenConsole.HOSTILE, "stored");
        browser.awaitText("<script>window.hit=1</script>");

        assertThat(browser.script("return window.hit === undefined").asBoolean())
                .isTrue();
        assertThat(browser.script("return document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
    }

    @Test
    void aDeadLetterIsEditedAndRedriven() {
        console.put("repaired-1", "{\"open\":");
        console.open("deadletters");
        browser.click("repaired-1");
        browser.click("Edit");
        browser.type("Edited payload", "{\"open\": false}");
        browser.choose("Route of a redrive", "stream");
        browser.click("Redrive edited");

        browser.awaitText("1 record redriven");
        console.awaitEvent("repaired-1", "stored");
    }

    @Test
    void aRedriveIsTriedDryFirst() {
        console.open("deadletters");
        browser.awaitText("broken-1");
        browser.type("Filter dead letters", "broken-1");
        browser.click("Redrive 1 shown");

        browser.awaitText("Dry run: 1 messages, 1 records");
        browser.click("Cancel");
    }

    @Test
    void aPurgeNeedsTheQueuesName() {
        console.open("deadletters");
        browser.awaitText("broken-1");
        browser.click("Purge");
        browser.type("Name of the queue", "something else");

        assertThat(browser.script("return [...document.querySelectorAll('.plan button')]"
                                + ".find(button => button.innerText === 'Purge').disabled")
                        .asBoolean())
                .isTrue();
    }
}
