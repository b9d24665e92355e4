package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.console.RemoteConsole;
import dev.ingestkit.cli.console.RemoteStack;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;

/** Uses the console as a person does, in a real browser. */
final class ConsoleBrowserTest {

    private static final int MAX_FIRST_PAGE_BYTES = 200 * 1024;
    private static final String HOSTILE = "<img src=x onerror=window.hit=1>";

    private static LocalRuntime runtime;
    private static Browser browser;

    @BeforeAll
    static void start() {
        assumeTrue(
                Browser.driver().isPresent(),
                "no browser: install chromium and chromium-driver, and set " + Browser.DRIVER
                        + " to chromedriver's path");
        runtime = LocalRuntime.start(EmbeddedStack.config());
        browser = Browser.start();
        put("good-1", "{\"total\":1}");
        put(HOSTILE, "{\"html\":\"<script>window.hit=1</script>\"}");
        put("broken-1", "not json");
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
        if (runtime != null) {
            runtime.close();
        }
    }

    @AfterEach
    void noScriptFailed() {
        assertThat(browser.errors()).isEmpty();
    }

    private static void put(String key, String data) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            String stream = String.valueOf(runtime.outputs().get("StreamName"));
            clients.kinesis()
                    .putRecord(request ->
                            request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
        }
    }

    private static void open(String page) {
        open(runtime, page);
    }

    private static void open(LocalRuntime at, String page) {
        browser.go(URI.create("about:blank"));
        browser.go(URI.create(at.endpoint() + "/_ingest/console/#/" + page));
        browser.await("the page has a heading", "document.querySelector('main h1')");
    }

    /** Searches for an event and waits until one of its records has a state. */
    private static void awaitEvent(String id, String state) {
        open("events");
        browser.type("Search events", id);
        browser.await(
                id + " is " + state,
                "[...document.querySelectorAll('.rows .row')].some(row => row.innerText.includes(arguments[0])"
                        + " && row.innerText.includes(arguments[1]))",
                id,
                state);
    }

    private static void openEvent(String id, String state) {
        awaitEvent(id, state);
        browser.click(id);
        browser.awaitText("Timeline");
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
                "secrets",
                "faults",
                "clock",
                "snapshots",
                "template"
            })
    void eachPageFitsAndIsAccessible(String page) throws IOException {
        for (int width : List.of(375, 1920)) {
            for (boolean dark : List.of(false, true)) {
                browser.show(width, 900, dark);
                open(page);
                browser.await("the page is read", "!document.querySelector('main').innerText.startsWith('Loading')");

                assertThat(browser.script("return document.documentElement.scrollWidth")
                                .asInt())
                        .as("%s at %d pixels", page, width)
                        .isLessThanOrEqualTo(width);
                assertThat(findings())
                        .as("%s at %d pixels, dark %s", page, width, dark)
                        .isEmpty();
            }
        }
    }

    /** Returns what axe finds; nothing where the environment names no axe. */
    private static List<String> findings() throws IOException {
        String axe = System.getenv("INGEST_AXE");
        if (axe == null) {
            return List.of();
        }
        browser.script(Files.readString(Path.of(axe)) + "; window.axe = axe;");
        JsonNode violations = browser.script(
                "return window.axe.run().then(result => result.violations.map(violation => violation.id + ': '"
                        + " + violation.nodes.map(node => node.target.join(' ')).join(', ')))");
        return violations.isEmpty() ? List.of() : List.of(violations.toString());
    }

    @Test
    void theFirstPageIsSmall() {
        open("pipeline");

        int bytes = browser.script("return performance.getEntriesByType('resource')"
                        + ".filter(entry => entry.name.includes('/console/'))"
                        + ".reduce((sum, entry) => sum + entry.encodedBodySize, 0)")
                .asInt();

        assertThat(bytes).isPositive().isLessThan(MAX_FIRST_PAGE_BYTES);
    }

    @Test
    void anEventsTimeLineLeadsToItsItem() {
        openEvent("good-1", "stored");

        browser.awaitText("Put into the stream");
        browser.awaitText("Item written");
        browser.awaitText("Stored item");
        browser.awaitText("\"total\": 1");
    }

    @Test
    void anEventsTimeLineHasTheDecisionTheTemplateAndTheConditionalWrite() {
        submit("with-steps", "{\"step\":1}");
        openEvent("with-steps", "stored");

        browser.awaitText("Mapping template");
        browser.awaitText("Basic as ingest");
        browser.awaitText("PutItem written");
        browser.awaitText("if attribute_not_exists");
        browser.click("Input and output");
        browser.awaitText("\"PartitionKey\": \"with-steps\"");
    }

    private static void submit(String id, String data) {
        try (Pipeline pipeline = Pipeline.at(EmbeddedStack.target(runtime), Set.of(), Duration.ofMinutes(1))) {
            pipeline.accept(id, data);
        }
    }

    @Test
    void payloadsAreSearched() {
        put("with-a-word", "{\"word\":\"Zwetschge\"}");
        open("events");
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
    void aSnapshotIsSavedForkedByTheToolAndDeleted() {
        open("snapshots");
        browser.type("Name of the snapshot", "by-hand");
        browser.awaitText("ingest-cli snapshot save by-hand");
        browser.click("Save");
        browser.awaitText("by-hand saved");
        browser.clickLabel("Fork by-hand");
        browser.awaitText("ingest-cli snapshot fork by-hand --port 4577");
        browser.click("Cancel");
        browser.clickLabel("Delete by-hand");
        browser.click("Delete it");

        browser.awaitText("by-hand deleted");
        browser.awaitText("No snapshots");
    }

    @Test
    void aSnapshotIsLoaded() {
        try (LocalRuntime other = LocalRuntime.start(EmbeddedStack.config())) {
            open(other, "snapshots");
            browser.type("Name of the snapshot", "to-load");
            browser.click("Save");
            browser.awaitText("to-load saved");
            browser.clickLabel("Load to-load");
            browser.click("Load it");
            browser.awaitText("to-load loaded");
            browser.clickLabel("Delete to-load");
            browser.click("Delete it");
            browser.awaitText("to-load deleted");
        }
        browser.go(URI.create("about:blank"));
        browser.errors();
    }

    @Test
    void theTemplateIsReadAgain() {
        open("template");
        browser.awaitText("the files are what runs");
        browser.click("Reload");

        browser.awaitText("read again: nothing has changed");
    }

    /** A stack whose endpoint knows nothing of the kit: LocalStack's place and AWS's. */
    @Test
    void aConsoleOfAnotherEndpointShowsWhatIsKnownThere() throws IOException {
        put("unread-1", "not json");
        awaitEvent("unread-1", "dead");
        try (PlainEndpoint plain = new PlainEndpoint(runtime.endpoint());
                AwsClients clients = new AwsClients(elsewhere(plain));
                RemoteConsole console =
                        new RemoteConsole(new RemoteStack(clients, "elsewhere", false), clients.signedCalls(), false);
                HttpServer server = HttpServer.start(HttpServerConfig.loopback(0), console)) {
            URI pages = URI.create("http://localhost:" + server.port() + "/_ingest/console/");
            browser.go(pages);
            browser.awaitText("What is not known here");
            browser.awaitText("read only");
            assertThat(findings()).isEmpty();
            browser.press("d");
            browser.click("Read messages");
            browser.click("unread-1");
            browser.awaitText("not json");
            browser.press("b");
            browser.awaitText("good-1");
            browser.press("s");
            browser.clickLabel("Peek at shardId-000000000000");
            browser.awaitText("Newest records of shardId-000000000000");
            browser.press("f");
            browser.awaitText("ingest-kit-Writer");
            browser.go(URI.create(pages + "#/faults"));
            browser.awaitText("does not know what the page 'faults' shows");
            assertThat(browser.script("return document.body.innerText.includes('Split')")
                            .asBoolean())
                    .isFalse();
        }
        browser.go(URI.create("about:blank"));
        browser.errors();
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

    @Test
    void anEventThatArrivesIsShownAtOnce() {
        open("events");
        browser.awaitText("good-1");

        put("arrives-later", "{}");

        browser.awaitText("arrives-later");
    }

    @Test
    void aPausedListStandsStill() {
        open("events");
        browser.awaitText("good-1");
        browser.click("Pause");
        put("while-paused", "{}");
        browser.click("Continue");

        browser.awaitText("while-paused");
    }

    @Test
    void hostilePayloadsStayText() {
        openEvent(HOSTILE, "stored");
        browser.awaitText("<script>window.hit=1</script>");

        assertThat(browser.script("return window.hit === undefined").asBoolean())
                .isTrue();
        assertThat(browser.script("return document.querySelectorAll('main img, main script').length")
                        .asInt())
                .isZero();
    }

    @Test
    void aDeadLetterIsEditedAndRedriven() {
        put("repaired-1", "{\"open\":");
        open("deadletters");
        browser.click("repaired-1");
        browser.click("Edit");
        browser.type("Edited payload", "{\"open\": false}");
        browser.click("Redrive edited");

        browser.awaitText("1 record redriven");
        awaitEvent("repaired-1", "stored");
    }

    @Test
    void aRedriveIsTriedDryFirst() {
        open("deadletters");
        browser.awaitText("broken-1");
        browser.type("Filter dead letters", "broken-1");
        browser.click("Redrive 1 shown");

        browser.awaitText("Dry run: 1 messages, 1 records");
        browser.click("Cancel");
    }

    @Test
    void aPurgeNeedsTheQueuesName() {
        open("deadletters");
        browser.awaitText("broken-1");
        browser.click("Purge");
        browser.type("Name of the queue", "something else");

        assertThat(browser.script("return [...document.querySelectorAll('.plan button')]"
                                + ".find(button => button.innerText === 'Purge').disabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void faultsAreInjectedAndCleared() {
        open("faults");
        browser.click("Inject");
        browser.awaitText("Active faults");
        browser.click("Clear all");
        browser.awaitText("No fault is active");
    }

    @Test
    void theClockStandsStillAndRunsAgain() {
        open("clock");
        browser.click("Freeze");
        browser.awaitText("frozen");
        browser.click("Resume");
        browser.awaitText("running");
    }

    @Test
    void shortcutsAreListedAndWork() {
        open("pipeline");
        browser.press("?");
        browser.await("the list is open", "document.getElementById('help').open");
        browser.click("Close");
        browser.press("e");
        browser.await("the events are shown", "document.querySelector('main h1')?.innerText === 'Events'");
    }

    @Test
    void twoTabsShowTheSameEvents() {
        String first = browser.tab();
        open("events");
        String second = browser.newTab();
        open("events");
        put("in-both-tabs", "{}");

        browser.awaitText("in-both-tabs");
        browser.tab(first);
        browser.awaitText("in-both-tabs");
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void aRuntimeThatStartsAgainIsFoundByTheOpenPage() {
        LocalRuntime other = LocalRuntime.start(EmbeddedStack.config());
        int port = other.endpoint().getPort();
        open(other, "events");
        browser.awaitText("No events yet");
        other.close();
        browser.awaitText("the runtime does not answer");

        try (LocalRuntime again = LocalRuntime.start(EmbeddedStack.config().withPort(port))) {
            browser.await("the page is live", "document.querySelector('.dot.good')");
            assertThat(again.endpoint().getPort()).isEqualTo(port);
        }
        // A lost connection is reported by the browser itself, too.
        browser.go(URI.create("about:blank"));
        browser.errors();
    }
}
