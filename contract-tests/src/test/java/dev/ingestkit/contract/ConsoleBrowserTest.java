package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.console.RemoteConsole;
import dev.ingestkit.cli.console.RemoteStack;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Uses the parts that all pages of the console share, as a person does, in a real browser. */
final class ConsoleBrowserTest {

    private static final int MAX_FIRST_PAGE_BYTES = 200 * 1024;
    private static final String ESCAPE = "\uE00C";
    private static final String DARK = "getComputedStyle(document.body).backgroundColor === 'rgb(18, 22, 29)'";

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @ParameterizedTest
    @FieldSource("dev.ingestkit.contract.OpenConsole#PAGES")
    void eachPageFitsAndIsAccessible(String page) throws IOException {
        for (int width : List.of(375, 1920)) {
            for (boolean dark : List.of(false, true)) {
                console.browser().show(width, 900, dark);
                console.open(page);
                console.browser()
                        .await("the page is read", "!document.querySelector('main').innerText.startsWith('Loading')");

                assertThat(console.browser()
                                .script("return document.documentElement.scrollWidth")
                                .asInt())
                        .as("%s at %d pixels", page, width)
                        .isLessThanOrEqualTo(width);
                assertThat(Axe.findings(console.browser()))
                        .as("%s at %d pixels, dark %s", page, width, dark)
                        .isEmpty();
            }
        }
    }

    @Test
    void theFirstPageIsSmall() {
        console.open("pipeline");

        int bytes = console.browser()
                .script("return performance.getEntriesByType('resource')"
                        + ".filter(entry => entry.name.includes('/console/'))"
                        + ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)")
                .asInt();

        assertThat(bytes).isPositive().isLessThan(MAX_FIRST_PAGE_BYTES);
    }

    @Test
    void shortcutsAreListedAndWork() {
        console.open("pipeline");
        console.browser().press("?");
        console.browser().await("the list is open", "document.getElementById('help').open");
        console.browser().click("Close");
        console.browser().press("e");
        console.browser().await("the events are shown", "document.querySelector('main h1')?.innerText === 'Events'");
    }

    @Test
    void everyShortcutOpensItsPage() {
        console.open("pipeline");
        JsonNode links = console.browser()
                .script(
                        "return [...document.querySelectorAll('#help tr')].map(row => [...row.cells].map(cell => cell.innerText))"
                                + ".filter(([key, name]) => [...document.querySelectorAll('nav a')].some(link => link.innerText.startsWith(name)))");
        assertThat(links).hasSize(12);
        for (JsonNode link : links) {
            console.browser().press(link.get(0).asText());
            console.browser()
                    .await(
                            link + " is open",
                            "document.querySelector('main h1')?.innerText === arguments[0]",
                            link.get(1).asText());
        }
    }

    @Test
    void theSearchIsReachedAndLeftByKeysAndTheListIsPaused() {
        console.open("events");
        console.browser().awaitText("good-1");
        console.browser().press("/");
        console.browser().await("the search has the focus", "document.activeElement.type === 'search'");
        console.browser().press(ESCAPE);
        console.browser().await("the search has lost the focus", "document.activeElement.type !== 'search'");
        console.browser().press(" ");
        console.browser().awaitText("Continue");
        console.browser().press(" ");
        console.browser().awaitText("Pause");
    }

    @Test
    void theThemeIsChosenAndKept() {
        console.browser().show(1280, 900, false);
        console.open("clock");
        console.browser().press("t");
        console.browser().press("t");
        console.browser().await("the page is dark", DARK);
        console.open("clock");
        console.browser().await("the page is dark again", DARK);
        console.browser().clickLabel("Theme: dark. Change it");
        console.browser().await("the page is as the system wants", "!(" + DARK + ")");
    }

    @Test
    void theDrawingLeadsToThePageOfAResource() {
        console.open("pipeline");
        console.browser()
                .script(
                        "document.querySelector('a.node.table rect').dispatchEvent(new MouseEvent('click', { bubbles: true }))");

        console.browser().await("the tables are shown", "document.querySelector('main h1')?.innerText === 'Tables'");
    }

    @Test
    void twoTabsShowTheSameEvents() {
        String first = console.browser().tab();
        console.open("events");
        String second = console.browser().newTab();
        console.open("events");
        console.put("in-both-tabs", "{}");

        console.browser().awaitText("in-both-tabs");
        console.browser().tab(first);
        console.browser().awaitText("in-both-tabs");
        assertThat(second).isNotEqualTo(first);
    }

    /** A stack at an endpoint that is not a runtime, in the place of LocalStack or AWS. */
    @Test
    void aConsoleOfAnotherEndpointShowsItsResources() throws IOException {
        console.put("unread-1", "not json");
        console.awaitEvent("unread-1", "dead");
        try (PlainEndpoint plain = new PlainEndpoint(console.runtime().endpoint());
                AwsClients clients = new AwsClients(elsewhere(plain));
                RemoteConsole remote =
                        new RemoteConsole(new RemoteStack(clients, "elsewhere", false), clients.signedCalls(), false);
                HttpServer server = HttpServer.start(HttpServerConfig.loopback(0), remote)) {
            URI pages = URI.create("http://localhost:" + server.port() + "/_ingest/console/");
            console.browser().go(pages);
            console.browser().awaitText("Not available here");
            console.browser().awaitText("read only");
            assertThat(Axe.findings(console.browser())).isEmpty();
            console.browser().press("d");
            console.browser().click("Read messages");
            console.browser().click("unread-1");
            console.browser().awaitText("not json");
            console.browser().press("b");
            console.browser().awaitText("good-1");
            console.browser().press("s");
            console.browser().clickLabel("Peek at shardId-000000000000");
            console.browser().awaitText("Newest records of shardId-000000000000");
            console.browser().press("f");
            console.browser().awaitText("ingest-kit-Writer");
            console.browser().go(URI.create(pages + "#/faults"));
            console.browser().awaitText("the page 'faults' is not available for");
            assertThat(console.shows("Loading")).isFalse();
            assertThat(console.browser()
                            .script("return document.body.innerText.includes('Split')")
                            .asBoolean())
                    .isFalse();
        }
        console.leave();
    }

    @Test
    void aConsoleOfAnotherEndpointIsStartedAgainBehindItsPage() throws IOException {
        try (PlainEndpoint plain = new PlainEndpoint(console.runtime().endpoint());
                AwsClients clients = new AwsClients(elsewhere(plain))) {
            int port;
            try (RemoteConsole before = new RemoteConsole(
                            new RemoteStack(clients, "elsewhere", false), clients.signedCalls(), false);
                    HttpServer server = HttpServer.start(HttpServerConfig.loopback(0), before)) {
                port = server.port();
                console.browser().go(URI.create("http://localhost:" + port + "/_ingest/console/#/streams"));
                console.browser().awaitText("shardId-000000000000");
            }
            console.browser().awaitText("the console does not answer");
            try (RemoteConsole again = new RemoteConsole(
                            new RemoteStack(clients, "elsewhere", false), clients.signedCalls(), false);
                    HttpServer server = HttpServer.start(HttpServerConfig.loopback(port), again)) {
                // The page's token is that of the console that has stopped.
                console.browser().await("the page is live", "document.querySelector('.dot.good')");
                console.browser().press("b");
                console.browser().awaitText("good-1");
                assertThat(server.port()).isEqualTo(port);
            }
        }
        console.leave();
    }

    private static Target elsewhere(PlainEndpoint plain) {
        return new Target(
                Target.Kind.OTHER,
                Optional.of(URI.create(plain.url())),
                "us-east-1",
                Optional.empty(),
                LocalRuntimeConfig.DEFAULT_STACK,
                "test",
                Map.of());
    }
}
