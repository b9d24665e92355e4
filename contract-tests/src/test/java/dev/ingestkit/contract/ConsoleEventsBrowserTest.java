package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses the console's pages of events and dead letters as a person does, in a real browser. */
final class ConsoleEventsBrowserTest {

    /** Answers for the events in place of the runtime: 250 match until the page's script leaves fewer, or adds an older one. */
    private static final String MATCHING = """
            const real = window.fetch;
            let matching = 250;
            let joined = 0;
            const state = { last: 300, held: 250, dropped: 0, omitted: 0 };
            const event = number => ({ number, id: `event-${number}`, state: 'in-flight', at: '2026-01-31T10:00:00Z', attempts: 1, bytes: 2 });
            const down = (from, count) => Array.from({ length: Math.max(0, count) }, (_, index) => from - index);
            window.fetch = (path, options) => {
              if (!path.startsWith('/_ingest/events?')) return real(path, options);
              const before = Number(new URLSearchParams(path.split('?')[1]).get('before') ?? 1000);
              const newest = Math.min(matching, before - 1);
              return Promise.resolve(Response.json({ ...state, matched: matching + joined, events: down(newest, Math.min(200, newest)).map(event) }));
            };
            let follower = null;
            window.EventSource = class {
              constructor() { follower = this; }
              close() {}
            };
            window.join = older => {
              state.held = 251;
              joined = 1;
              follower.onmessage({ data: JSON.stringify({ ...state, events: [event(older)], unmatched: [] }) });
            };
            window.leave = count => {
              const unmatched = down(matching, matching - count);
              matching = count;
              follower.onmessage({ data: JSON.stringify({ ...state, events: [], unmatched }) });
            };
            """;

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
    void eventsAreFoundByStateReasonShardAndTime() {
        console.awaitEvent("broken-1", "dead");
        console.put("found-1", "{}");
        console.open("events");
        console.browser().choose("State", "dead");
        awaitOnly("broken-1", "found-1");
        console.browser().choose("State", "");
        // The rows of the search before are shown until the next one is answered.
        console.browser().awaitText("found-1");
        console.browser().click("More filters");
        console.browser().type("Reason", "NOT JSON TEXT");
        awaitOnly("broken-1", "found-1");
        console.browser().type("Reason", "");
        console.browser().awaitText("found-1");
        console.browser().choose("Shard", shardOf("found-1"));
        console.browser().awaitText("ingest-cli tail -f --events --shard " + shardOf("found-1"));
        console.browser().awaitText("found-1");
        choose("Arrived from", "2026-01-31T10:00:00");
        console.browser().awaitText("found-1");
        choose("Arrived before", "2026-01-31T11:00:00");
        console.browser().awaitText("No event matches");
        console.browser().click("Clear");
        console.browser().awaitText("found-1");
        console.browser().click("Fewer filters");
    }

    @Test
    void anEventThatNoLongerHasTheStateLeavesTheList() {
        faults("POST", "{\"faults\":[\"dynamodb:throttle\"]}");
        try {
            console.put("leaves-the-list", "{}");
            console.open("events");
            console.browser().choose("State", "in-flight");
            console.browser().awaitText("leaves-the-list");
        } finally {
            faults("DELETE", "{}");
        }

        console.browser().awaitText("No event matches");
        console.browser().awaitText("0 found of");
    }

    /** 70 matching events leave some of the first page's rows, 50 none of them. */
    @Test
    void olderEventsFillTheListOnceNewerOnesNoLongerMatch() {
        for (int left : List.of(70, 50)) {
            inMatchingTab("events", () -> {
                console.browser().script("leave(arguments[0])", left);

                console.browser()
                        .await(
                                left + " rows are listed",
                                "document.querySelector('.rows')?.clientHeight === 36 * arguments[0]",
                                left);
                console.browser().awaitText(left + " found of");
                console.browser().awaitText("event-" + left);
            });
        }
    }

    /** 200 of the 250 rows are read, so the list cannot tell whether it has counted the event. */
    @Test
    void anEventBelowTheRowsThatComesToMatchIsCounted() {
        inMatchingTab("events?state=dead", () -> {
            console.browser().script("join(arguments[0])", 30);

            console.browser().awaitText("251 found of");
        });
    }

    /** Opens a page of 250 matching events in a tab of its own, which is closed afterwards. */
    private static void inMatchingTab(String page, Runnable actions) {
        String first = console.browser().tab();
        console.browser().newTab();
        try {
            console.browser().atStartOfPages(MATCHING);
            console.open(page);
            console.browser().awaitText("250 found of");
            actions.run();
        } finally {
            console.browser().closeTab();
            console.browser().tab(first);
        }
    }

    @Test
    void aSearchThatIsRefusedIsReportedAsNotRead() {
        console.open("events?state=gone");
        console.browser().awaitText("'gone' is not a state");
        assertThat(statusOfSearch()).isEqualTo("Not read");
        assertThat(console.browser().errors()).allMatch(error -> error.contains("400"));

        console.browser().choose("State", "dead");
        console.browser().awaitText(" found of ");
        console.browser().await("no error is shown", "!document.querySelector('main [role=alert]')");
    }

    private static String statusOfSearch() {
        return console.browser()
                .script("return document.querySelector('main .title [role=status]').innerText")
                .asText();
    }

    private static void faults(String method, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            console.runtime().endpoint().resolve("/_ingest/faults"))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private static void awaitRows() {
        console.browser().await("events are listed", "document.querySelector('.rows .row')");
    }

    private static void awaitOnly(String found, String other) {
        console.browser()
                .await(
                        "only " + found + " is found",
                        "document.querySelector('.rows')?.innerText.includes(arguments[0])"
                                + " && !document.querySelector('.rows').innerText.includes(arguments[1])",
                        found,
                        other);
    }

    private static String shardOf(String id) {
        return console.browser()
                .script(
                        "return fetch('/_ingest/events?id=' + arguments[0]).then(answer => answer.json())"
                                + ".then(page => page.events[0].shardId)",
                        id)
                .asText();
    }

    private static void choose(String field, String time) {
        console.browser()
                .script(
                        "const field = document.querySelector(`[aria-label=\"${arguments[0]}\"]`);"
                                + " field.value = arguments[1]; field.dispatchEvent(new Event('change', { bubbles: true }))",
                        field,
                        time);
    }

    @Test
    void aLongListHoldsTheRowsInViewOnly() {
        for (int part = 0; part < 3; part++) {
            console.putAll(IntStream.range(part * 200, part * 200 + 200)
                    .mapToObj(number -> "many-" + number)
                    .toList());
        }
        console.open("events");
        console.browser().type("Search events", "many-");
        console.browser().awaitText("600 found of");
        for (int page = 0; page < 3; page++) {
            console.browser().script("document.getElementById('events').scrollTop = 1e6");
            console.browser()
                    .await(
                            "older events are read",
                            "document.querySelector('.rows').clientHeight >= arguments[0]",
                            Math.min(600, (page + 2) * 200) * 36);
        }
        console.browser().script("document.getElementById('events').scrollTop = 1e6");
        console.browser()
                .await(
                        "the oldest is shown",
                        "[...document.querySelectorAll('.rows a')].some(link => link.innerText === 'many-0')");

        assertThat(console.browser()
                        .script("return document.querySelectorAll('.rows .row').length")
                        .asInt())
                .isLessThan(60);
    }

    /** A message of the follower holds fewer events: the list counts the others, and reads them when it is scrolled. */
    @Test
    void eventsThatArriveTogetherAreCountedAndReadWhenTheListIsScrolled() {
        console.open("events");
        console.browser().type("Search events", "flood-");
        console.browser().awaitText("0 found of");
        console.putAll(
                IntStream.range(0, 300).mapToObj(number -> "flood-" + number).toList());
        console.browser().awaitText("300 found of");

        console.browser()
                .await(
                        "all rows are read",
                        "(document.getElementById('events').scrollTop = 1e6)"
                                + " && document.querySelector('.rows').clientHeight === 36 * 300");
        console.browser().awaitText("300 found of");
    }

    @Test
    void anEventThatArrivesIsShownAtOnce() {
        console.open("events");
        awaitRows();

        console.put("arrives-later", "{}");

        console.browser().awaitText("arrives-later");
    }

    @Test
    void aPausedListDoesNotChange() {
        console.open("events");
        awaitRows();
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

        console.browser().awaitText("Dry run: 1 message, 1 record");
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
