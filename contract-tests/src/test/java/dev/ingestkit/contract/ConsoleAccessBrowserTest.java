package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console for everybody: without a mouse, on any width, without movement, and with hostile content on each page. */
final class ConsoleAccessBrowserTest {

    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";
    private static final int MAX_TABS = 400;

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @ParameterizedTest
    @ValueSource(ints = {375, 768, 1024, 1920})
    void anEventFitsAndIsAccessible(int width) throws IOException {
        for (boolean dark : List.of(false, true)) {
            console.browser().show(width, 900, dark);
            console.openEvent("good-1", "stored");
            console.browser().awaitText("Stored item");

            assertThat(console.browser()
                            .script("return document.documentElement.scrollWidth")
                            .asInt())
                    .isLessThanOrEqualTo(width);
            assertThat(Axe.findings(console.browser())).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.ingestkit.contract.OpenConsole#PAGES")
    void everyControlIsReachedByTheKeyboard(String page) {
        console.browser().show(1280, 900, false);
        console.open(page);
        console.browser()
                .script("document.querySelectorAll('a[href], button, input, select, textarea, summary')"
                        + ".forEach(e => { if (!e.disabled && e.checkVisibility()) e.dataset.wanted = 'yes'; });"
                        + "document.addEventListener('focusin', event => { delete event.target.dataset.wanted; });"
                        + "document.querySelector('.skip').focus()");
        for (int pressed = 0; pressed < MAX_TABS && !unreached().isEmpty(); pressed++) {
            console.browser().press(TAB);
        }

        assertThat(unreached()).as(page).isEmpty();
    }

    private static JsonNode unreached() {
        return console.browser()
                .script("return [...document.querySelectorAll('[data-wanted]')].filter(e => e.isConnected)"
                        + ".map(e => e.outerHTML.slice(0, 120))");
    }

    @Test
    void aKeyIsTypedAndSearchedByTheKeyboard() {
        console.open("tables");
        console.browser().script("document.querySelector('[aria-label=Key]').focus()");
        for (char letter : "good-1".toCharArray()) {
            console.browser().press(String.valueOf(letter));
        }
        console.browser().press(ENTER);

        console.browser().awaitText("ingest-cli inspect good-1");
        console.browser().await("one item is found", "document.querySelectorAll('main tbody tr').length === 1");
    }

    @Test
    void aLinkIsFollowedByTheKeyboard() {
        console.open("events");
        console.browser().awaitText("good-1");
        console.browser()
                .script("[...document.querySelectorAll('.rows a')].find(a => a.innerText === 'good-1').focus()");
        console.browser().press(ENTER);

        console.browser().awaitText("Timeline");
    }

    @Test
    void nothingMovesForReadersWhoAskForThat() {
        for (boolean reduced : List.of(true, false)) {
            console.browser().reduceMotion(reduced);
            console.open("faults");
            console.browser().click("Inject");
            console.browser().await("a message is shown", "document.querySelector('.said span')");

            String animation = console.browser()
                    .script("return getComputedStyle(document.querySelector('.said span')).animationName")
                    .asText();
            assertThat(animation).isEqualTo(reduced ? "none" : "rise");
            console.browser().click("Clear all");
            console.browser().awaitText("No fault is active");
        }
    }

    @Test
    void hostileContentStaysTextOnEveryPage() {
        for (String page : List.of("deadletters", "tables", "queues", "functions", "events", "pipeline")) {
            console.open(page);
            console.browser()
                    .script("document.querySelectorAll('main button.link, main summary').forEach(e => e.click())");
            boolean shows = List.of("tables", "events").contains(page);
            console.browser()
                    .await(
                            "the page has its content: " + page,
                            "!arguments[0] || document.querySelector('main').innerText.includes('img src=x')",
                            shows);
            console.assertNoMarkup(page);
        }
    }

    @Test
    void hostileRecordsStayText() {
        console.open("streams");
        boolean found = false;
        for (String shard : List.of("shardId-000000000000", "shardId-000000000001")) {
            console.browser().clickLabel("Peek at " + shard);
            console.browser().awaitText("Newest records of " + shard);
            found |= console.browser()
                    .script("return document.querySelector('main').innerText.includes('img src=x')")
                    .asBoolean();
            console.assertNoMarkup(shard);
        }
        assertThat(found).isTrue();
    }

    @Test
    void hostileDeadLettersStayText() {
        console.put(OpenConsole.HOSTILE, "<script>window.hit=1</script>");
        console.open("deadletters");
        console.browser().click(OpenConsole.HOSTILE);
        console.browser().awaitText("<script>window.hit=1</script>");

        console.assertNoMarkup("deadletters");
    }
}
