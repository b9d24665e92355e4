package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
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
        console.browser().await(page + " reports no error any more", "!document.querySelector('main [role=alert]')");
        assertThat(console.browser().script(ALERTS).asText()).as(page).isEmpty();
    }
}
