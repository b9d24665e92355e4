package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses the console's pages of events and dead letters as a person does, in a real browser. */
final class ConsoleEventsBrowserTest {

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void anEventsTimeLineLeadsToItsItem() {
        console.openEvent("good-1", "stored");

        console.browser().awaitText("Put into the stream");
        console.browser().awaitText("Item written");
        console.browser().awaitText("Stored item");
        console.browser().awaitText("\"total\": 1");
    }

    @Test
    void anEventsTimeLineHasTheDecisionTheTemplateAndTheConditionalWrite() {
        console.submit("with-steps", "{\"step\":1}");
        console.openEvent("with-steps", "stored");

        console.browser().awaitText("Mapping template");
        console.browser().awaitText("Basic as ingest");
        console.browser().awaitText("PutItem written");
        console.browser().awaitText("if attribute_not_exists");
        console.browser().click("Input and output");
        console.browser().awaitText("\"PartitionKey\": \"with-steps\"");
    }

    @Test
    void payloadsAreSearched() {
        console.put("with-a-word", "{\"word\":\"Zwetschge\"}");
        console.open("events");
        console.browser().awaitText("with-a-word");
        console.browser().click("More filters");
        console.browser().type("Payload", "zwetschge");

        console.browser().awaitText("1 found of");
        console.browser().awaitText("with-a-word");
        console.browser().type("Payload", "Mirabelle");
        console.browser().awaitText("No event matches");
        console.browser().click("Clear");
        console.browser().awaitText("with-a-word");
    }

    @Test
    void anEventThatArrivesIsShownAtOnce() {
        console.open("events");
        console.browser().awaitText("good-1");

        console.put("arrives-later", "{}");

        console.browser().awaitText("arrives-later");
    }

    @Test
    void aPausedListDoesNotChange() {
        console.open("events");
        console.browser().awaitText("good-1");
        console.browser().click("Pause");
        console.put("while-paused", "{}");
        console.browser().click("Continue");

        console.browser().awaitText("while-paused");
    }

    @Test
    void hostilePayloadsStayText() {
        console.openEvent(OpenConsole.HOSTILE, "stored");
        console.browser().awaitText("<script>window.hit=1</script>");

        assertThat(console.browser().script("return window.hit === undefined").asBoolean())
                .isTrue();
        assertThat(console.browser()
                        .script("return document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
    }

    @Test
    void aDeadLetterIsEditedAndRedriven() {
        console.put("repaired-1", "{\"open\":");
        console.open("deadletters");
        console.browser().click("repaired-1");
        console.browser().click("Edit");
        console.browser().type("Edited payload", "{\"open\": false}");
        console.browser().choose("Route of a redrive", "stream");
        console.browser().click("Redrive edited");

        console.browser().awaitText("1 record redriven");
        console.awaitEvent("repaired-1", "stored");
    }

    @Test
    void aDryRunChangesNothingBeforeARedrive() {
        console.open("deadletters");
        console.browser().awaitText("broken-1");
        console.browser().type("Filter dead letters", "broken-1");
        console.browser().click("Redrive 1 shown");

        console.browser().awaitText("Dry run: 1 messages, 1 records");
        console.browser().click("Cancel");
    }

    @Test
    void aPurgeNeedsTheQueuesName() {
        console.open("deadletters");
        console.browser().awaitText("broken-1");
        console.browser().click("Purge");
        console.browser().type("Name of the queue", "something else");

        assertThat(console.browser()
                        .script("return [...document.querySelectorAll('.plan button')]"
                                + ".find(button => button.innerText === 'Purge').disabled")
                        .asBoolean())
                .isTrue();
    }
}
