package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console for everybody: without a mouse, on any width, without movement, and with hostile content on each page. */
final class ConsoleAccessBrowserTest {

    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";
    private static final int MAX_TABS = 400;

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

    @ParameterizedTest
    @ValueSource(ints = {375, 768, 1024, 1920})
    void anEventFitsAndIsAccessible(int width) throws IOException {
        for (boolean dark : List.of(false, true)) {
            browser.show(width, 900, dark);
            console.openEvent("good-1", "stored");
            browser.awaitText("Stored item");

            assertThat(browser.script("return document.documentElement.scrollWidth")
                            .asInt())
                    .isLessThanOrEqualTo(width);
            assertThat(Axe.findings(browser)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pipeline",
                "events",
                "deadletters",
                "streams",
                "functions",
                "tables",
                "queues",
                "faults",
                "clock",
                "snapshots",
                "template"
            })
    void everyControlIsReachedByTheKeyboard(String page) {
        browser.show(1280, 900, false);
        console.open(page);
        browser.script("document.querySelectorAll('a[href], button, input, select, textarea, summary')"
                + ".forEach(e => { if (!e.disabled && e.checkVisibility()) e.dataset.wanted = 'yes'; });"
                + "document.addEventListener('focusin', event => { delete event.target.dataset.wanted; });"
                + "document.querySelector('.skip').focus()");
        for (int pressed = 0; pressed < MAX_TABS && !unreached().isEmpty(); pressed++) {
            browser.press(TAB);
        }

        assertThat(unreached()).as(page).isEmpty();
    }

    private static JsonNode unreached() {
        return browser.script("return [...document.querySelectorAll('[data-wanted]')].filter(e => e.isConnected)"
                + ".map(e => e.outerHTML.slice(0, 120))");
    }

    @Test
    void aKeyIsTypedAndSearchedByTheKeyboard() {
        console.open("tables");
        browser.script("document.querySelector('[aria-label=Key]').focus()");
        for (char letter : "good-1".toCharArray()) {
            browser.press(String.valueOf(letter));
        }
        browser.press(ENTER);

        browser.awaitText("ingest-cli inspect good-1");
        browser.await("one item is found", "document.querySelectorAll('main tbody tr').length === 1");
    }

    @Test
    void aLinkIsFollowedByTheKeyboard() {
        console.open("events");
        browser.awaitText("good-1");
        browser.script("[...document.querySelectorAll('.rows a')].find(a => a.innerText === 'good-1').focus()");
        browser.press(ENTER);

        browser.awaitText("Timeline");
    }

    @Test
    void nothingMovesForReadersWhoAskForThat() {
        for (boolean reduced : List.of(true, false)) {
            browser.reduceMotion(reduced);
            console.open("faults");
            browser.click("Inject");
            browser.await("a message is shown", "document.querySelector('.said span')");

            String animation = browser.script(
                            "return getComputedStyle(document.querySelector('.said span')).animationName")
                    .asText();
            assertThat(animation).isEqualTo(reduced ? "none" : "rise");
            browser.click("Clear all");
            browser.awaitText("No fault is active");
        }
    }

    @Test
    void hostileContentStaysTextOnEveryPage() {
        for (String page : List.of("deadletters", "tables", "queues", "functions", "events", "pipeline")) {
            console.open(page);
            browser.script("document.querySelectorAll('main button.link, main summary').forEach(e => e.click())");
            boolean shows = List.of("tables", "events").contains(page);
            browser.await(
                    "the page has its content: " + page,
                    "!arguments[0] || document.querySelector('main').innerText.includes('img src=x')",
                    shows);
            assertNoMarkup(page);
        }
    }

    @Test
    void hostileRecordsStayText() {
        console.open("streams");
        boolean found = false;
        for (String shard : List.of("shardId-000000000000", "shardId-000000000001")) {
            browser.clickLabel("Peek at " + shard);
            browser.awaitText("Newest records of " + shard);
            found |= browser.script("return document.querySelector('main').innerText.includes('img src=x')")
                    .asBoolean();
            assertNoMarkup(shard);
        }
        assertThat(found).isTrue();
    }

    @Test
    void hostileDeadLettersStayText() {
        console.put(OpenConsole.HOSTILE, "<script>window.hit=1</script>");
        console.open("deadletters");
        browser.click(OpenConsole.HOSTILE);
        browser.awaitText("<script>window.hit=1</script>");

        assertNoMarkup("deadletters");
    }

    private static void assertNoMarkup(String page) {
        assertThat(browser.script("return window.hit === undefined"
                                + " && document.querySelectorAll('main img, main script, main iframe').length === 0")
                        .asBoolean())
                .as(page)
                .isTrue();
    }
}
