package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cuts the connection of open pages, and starts the runtime behind them again. */
final class ConsoleConnectionBrowserTest {

    private static final String LOST = "the runtime does not answer";
    private static final String ALERTS =
            "return [...document.querySelectorAll('main [role=alert]')].map(alert => alert.innerText).join('; ')";

    /** Loses each request that holds a text, and the first requests of each path but the status, as the page's query says. */
    private static final String LOSING = """
            const real = window.fetch;
            const first = Number(new URLSearchParams(location.search).get('lose') ?? 0);
            const sent = new Map();
            window.lost = 0;
            window.fetch = (path, options) => {
              const request = `${options?.headers?.['X-Amz-Target'] ?? ''} ${path}`;
              const number = (sent.get(request) ?? 0) + 1;
              sent.set(request, number);
              const loses = window.losing ? request.includes(window.losing) : number <= first && !path.endsWith('/status');
              if (!loses) return real(path, options);
              window.lost++;
              return Promise.reject(new TypeError('Failed to fetch'));
            };
            """;

    /** Answers as many requests to follow events with an error as the page's script says. */
    private static final String REFUSING = """
            window.refusals = 0;
            window.EventSource = class extends EventSource {
              constructor(url) {
                super(window.refusals > 0 ? '/_ingest/refused' : url);
                if (window.refusals > 0) window.refusals--;
              }
            };
            """;

    /** More than the requests of one read with its retries. */
    private static final int MANY = 5;

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void eachOpenPageOutlivesALostConnectionAndARestartedRuntime() {
        LocalRuntime other = LocalRuntime.start(EmbeddedStack.config());
        int port = other.endpoint().getPort();
        String first = console.browser().tab();
        Map<String, String> tabs = new LinkedHashMap<>();
        for (String page : OpenConsole.PAGES) {
            tabs.put(page, console.browser().newTab());
            console.open(other, page);
        }

        inEach(tabs, page -> console.browser().offline(true));
        inEach(tabs, ConsoleConnectionBrowserTest::awaitLost);
        inEach(tabs, page -> console.browser().offline(false));
        inEach(tabs, ConsoleConnectionBrowserTest::awaitLive);
        other.close();
        inEach(tabs, ConsoleConnectionBrowserTest::awaitLost);
        try (LocalRuntime again = LocalRuntime.start(EmbeddedStack.config().withPort(port))) {
            inEach(tabs, ConsoleConnectionBrowserTest::awaitLive);
            console.browser().tab(requireNonNull(tabs.get("functions")));
            console.browser().click("Invoke");
            console.browser().awaitText("Latest invocations");
            // The page acts with the token of the runtime that stopped, and asks for the new one.
            console.browser().tab(requireNonNull(tabs.get("faults")));
            console.browser().click("Inject");
            console.browser().awaitText("Active faults");
            inEach(tabs, page -> console.browser().closeTab());
            assertThat(again.endpoint().getPort()).isEqualTo(port);
        } finally {
            console.browser().tab(first);
        }
        console.leave();
    }

    private static void inEach(Map<String, String> tabs, Consumer<String> work) {
        tabs.forEach((page, tab) -> {
            console.browser().tab(tab);
            work.accept(page);
        });
    }

    @Test
    void aPageOpenedWithoutAConnectionIsReadOnceThereIsOne() {
        console.open("pipeline");
        console.browser().offline(true);
        console.browser().press("x");
        console.browser().awaitText(LOST);
        console.browser().offline(false);

        awaitLive("secrets");
        console.browser().awaitText("The console shows no values");
        console.leave();
    }

    @Test
    void eventsThatArriveWhileTheConnectionIsLostAreShownLater() {
        for (String page : List.of("events", "deadletters")) {
            String id = "lost-on-" + page;
            console.open(page);
            console.browser().offline(true);
            console.browser().awaitText(LOST);
            console.put(id, "not json");
            console.browser().offline(false);

            console.browser().awaitText(id);
            awaitLive(page);
        }
        console.leave();
    }

    @Test
    void aReaderWhoHasScrolledKeepsThePlaceThroughALostConnection() {
        console.open("events");
        String inView = console.scrollInto("place-");
        console.browser().offline(true);
        console.browser().awaitText(LOST);
        console.browser().offline(false);
        awaitLive("events");
        console.put("place-later", "{}");

        console.browser().awaitText("451 found of");
        console.browser().awaitText(inView);
        console.leave();
    }

    @Test
    void aReaderWhoContinuesKeepsThePlaceThoughFollowingIsRefusedAtFirst() {
        openWith(REFUSING, "events", 0);
        String inView = console.scrollInto("refused-");
        console.browser().click("Pause");
        console.browser().script("window.refusals = 2");
        console.browser().click("Continue");
        console.browser().await("following is refused", "window.refusals === 0");
        console.put("refused-later", "{}");

        console.browser().awaitText("451 found of");
        console.browser().awaitText(inView);
        console.leave();
    }

    @Test
    void aSearchThatIsLostIsSentAgain() {
        openLosing("events");
        console.browser().awaitText(" found of ");
        console.browser().script("window.losing = '/_ingest/events?'");
        console.browser().choose("State", "dead");
        console.browser().await("the search and its retries are lost", "window.lost >= arguments[0]", MANY);
        assertThat(console.browser()
                        .script("return document.querySelector('main .title [role=status]').innerText")
                        .asText())
                .isIn("Searching", "Not read");

        console.browser().script("window.losing = null");
        console.browser().awaitText(" found of ");
        console.browser()
                .await(
                        "dead events alone are listed",
                        "document.querySelector('.rows')?.innerText.includes('broken-1')"
                                + " && !document.querySelector('.rows').innerText.includes('good-1')");
        awaitLive("events");
    }

    @Test
    void eachPageIsReadThoughItsFirstRequestsAreLost() {
        String first = console.browser().tab();
        Map<String, String> tabs = new LinkedHashMap<>();
        for (String page : OpenConsole.PAGES) {
            tabs.put(page, console.browser().newTab());
            console.browser().atStartOfPages(LOSING);
            goLosing(page, MANY);
        }
        inEach(
                tabs,
                page -> console.browser()
                        .await(
                                page + " is read",
                                "window.lost >= arguments[0] && document.querySelector('main h1')"
                                        + " && !document.querySelector('main').hasAttribute('aria-busy')"
                                        + " && !document.querySelector('main [role=alert]')",
                                MANY));
        inEach(tabs, page -> console.browser().closeTab());
        console.browser().tab(first);
    }

    @Test
    void anActionWithoutAnAnswerIsNotRepeated() {
        openLosing("events?text=good-1");
        console.browser().click("good-1");
        console.browser().awaitText("Stored item");
        console.browser().script("window.losing = 'PutRecord'");
        console.browser().click("Send again");

        console.browser().awaitText("the connection was lost before an answer came");
        assertThat(console.browser().script("return window.lost").asInt()).isEqualTo(1);
        console.browser().awaitText("Stored item");
    }

    @Test
    void filesThatAreLostAreLoadedAgain() {
        console.browser().clearCache();
        console.browser().block(List.of("*/app.js*"));
        console.browser().go(URI.create("about:blank"));
        console.browser().go(URI.create(console.runtime().endpoint() + "/_ingest/console/#/clock"));
        console.browser().awaitText("Loading the console");
        console.browser().block(List.of("*/secrets.js*"));
        console.browser().awaitText("Advance 1 hour");
        console.browser().press("x");
        console.browser().awaitText(LOST);
        // A module that a page's own module imports.
        console.browser().block(List.of("*/redrive.js*"));

        console.browser().awaitText("The console shows no values");
        awaitLive("secrets");
        console.browser().press("d");
        console.browser().awaitText(LOST);
        console.browser().block(List.of());
        console.browser().awaitText("broken-1");
        awaitLive("deadletters");
        console.leave();
    }

    /** Opens a page in a tab of its own, whose requests a script can lose. */
    private static void openLosing(String page) {
        openWith(LOSING, page, 0);
    }

    private static void openWith(String script, String page, int lost) {
        console.browser().newTab();
        console.browser().atStartOfPages(script);
        goLosing(page, lost);
        console.awaitPage();
    }

    private static void goLosing(String page, int first) {
        console.browser()
                .go(URI.create("%s/_ingest/console/?lose=%d#/%s"
                        .formatted(console.runtime().endpoint(), first, page)));
    }

    @Test
    void whatOneTabDoesTheOtherShows() {
        String first = console.browser().tab();
        console.open("faults");
        console.browser().newTab();
        console.open("faults");
        console.browser().click("Inject");
        console.browser().awaitText("Active faults");
        console.browser().tab(first);
        console.browser().awaitText("Active faults");
        console.browser().click("Clear all");
        console.browser().awaitText("No fault is active");
    }

    /** Waits until the page reports the lost connection, beside what it has shown before. */
    private static void awaitLost(String page) {
        console.browser().awaitText(LOST);
        console.browser().awaitText("no connection");
        assertThat(console.browser()
                        .script("return document.querySelectorAll('main h1').length")
                        .asInt())
                .as(page)
                .isEqualTo(1);
    }

    private static void awaitLive(String page) {
        console.browser().await(page + " is live", "document.querySelector('.dot.good')");
        console.awaitPage();
        try {
            console.browser().await(page + " reports no error", "!document.querySelector('main [role=alert]')");
        } catch (AssertionError failed) {
            throw new AssertionError(
                    page + " reports: " + console.browser().script(ALERTS).asText(), failed);
        }
    }
}
