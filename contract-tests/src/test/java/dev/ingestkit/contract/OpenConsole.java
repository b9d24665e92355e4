package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.proof.browser.Browser;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A runtime and a browser that shows its console, for the tests of a class. The class is skipped where no browser is
 * installed; a test after which a script has failed fails. Used by one thread.
 */
final class OpenConsole implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** An event id that a careless page would render as markup. */
    static final String HOSTILE = "<img src=x onerror=window.hit=1>";

    /** The pages of a runtime's console. */
    static final List<String> PAGES = List.of(
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
            "template");

    private final Supplier<LocalRuntimeConfig> stack;
    private final boolean holdsEvents;
    private @Nullable LocalRuntime runtime;
    private @Nullable Browser browser;

    private OpenConsole(Supplier<LocalRuntimeConfig> stack, boolean holdsEvents) {
        this.stack = requireNonNull(stack, "stack");
        this.holdsEvents = holdsEvents;
    }

    /** Runs the repository's stack, which holds three events. */
    OpenConsole() {
        this(EmbeddedStack::config, true);
    }

    /** Runs another stack, which holds nothing. */
    static OpenConsole of(Supplier<LocalRuntimeConfig> stack) {
        return new OpenConsole(stack, false);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(
                Browser.driver().isPresent(),
                "no browser: install chromium and chromium-driver, and set " + Browser.DRIVER
                        + " to chromedriver's path");
        runtime = LocalRuntime.start(stack.get());
        browser = Browser.start();
        if (holdsEvents) {
            putEvents();
        }
    }

    private void putEvents() {
        put("good-1", "{\"total\":1}");
        put(HOSTILE, "{\"html\":\"<script>window.hit=1</script>\"}");
        put("broken-1", "not json");
        // A page of items or records shows those of its one read.
        awaitEvent("good-1", "stored");
        awaitEvent(HOSTILE, "stored");
    }

    /** A browser loses the requests in flight when networks of the machine change, such as Docker's; pages send them again. */
    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(browser().errors())
                .filteredOn(error -> !error.contains("net::ERR_NETWORK_CHANGED"))
                .isEmpty();
    }

    /** Closes what was opened, also when the rest could not be. */
    @Override
    public void afterAll(ExtensionContext context) {
        try {
            if (browser != null) {
                browser.close();
            }
        } finally {
            if (runtime != null) {
                runtime.close();
            }
        }
    }

    LocalRuntime runtime() {
        return requireNonNull(runtime, "runtime");
    }

    Browser browser() {
        return requireNonNull(browser, "browser");
    }

    /** Puts a record into the stream. */
    void put(String key, String data) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime()))) {
            String stream = String.valueOf(runtime().outputs().get("StreamName"));
            clients.kinesis()
                    .putRecord(request ->
                            request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
        }
    }

    /** Puts up to 500 records in one call. */
    void putAll(List<String> keys) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime()))) {
            String stream = String.valueOf(runtime().outputs().get("StreamName"));
            clients.kinesis()
                    .putRecords(request -> request.streamName(stream)
                            .records(keys.stream()
                                    .map(key -> PutRecordsRequestEntry.builder()
                                            .partitionKey(key)
                                            .data(SdkBytes.fromUtf8String("{}"))
                                            .build())
                                    .toList()));
        }
    }

    /** Posts an event to the gateway. */
    void submit(String id, String data) {
        try (Pipeline pipeline = Pipeline.at(EmbeddedStack.target(runtime()), Set.of(), Duration.ofMinutes(1))) {
            pipeline.accept(id, data);
        }
    }

    void open(String page) {
        open(runtime(), page);
    }

    void open(LocalRuntime at, String page) {
        open(at.endpoint(), page);
    }

    /** Opens a page of the console that is served at a place. */
    void open(URI place, String page) {
        browser().go(URI.create("about:blank"));
        browser().go(URI.create(place + "/_ingest/console/#/" + page));
        awaitPage();
    }

    /** Waits until the page has been read. */
    void awaitPage() {
        browser().await("the page has a heading", "document.querySelector('main h1')");
        browser().await("the page is read", "!document.querySelector('main').hasAttribute('aria-busy')");
    }

    /** Returns whether the page shows a text. */
    boolean shows(String text) {
        return browser()
                .script("return document.body.innerText.includes(arguments[0])", text)
                .asBoolean();
    }

    /** Lists 450 new events on the page that is open, scrolls to the row 300, and returns the id of an event in view. */
    String scrollInto(String prefix) {
        putAll(IntStream.range(0, 450).mapToObj(number -> prefix + number).toList());
        // Stored events change no more: many changes at once would leave the rows behind until their reader is at the
        // top.
        Awaitility.await("all events are stored")
                .atMost(Duration.ofSeconds(60))
                .pollInSameThread()
                .until(() -> stored(prefix) == 450);
        browser().type("Search events", prefix);
        browser().awaitText("450 found of");
        for (int rows : List.of(400, 450)) {
            browser().script("document.getElementById('events').scrollTop = 1e6");
            browser()
                    .await(
                            rows + " rows are read",
                            "document.querySelector('.rows').clientHeight === 36 * arguments[0]",
                            rows);
        }
        browser().script("document.getElementById('events').scrollTop = 36 * 300");
        String row = ".rows [aria-rowindex='305'] a";
        browser().await("the rows in view are drawn", "document.querySelector(arguments[0])", row);
        return browser()
                .script("return document.querySelector(arguments[0]).innerText", row)
                .asText();
    }

    private int stored(String prefix) {
        return browser()
                .script(
                        "return fetch('/_ingest/events?state=stored&limit=1&text=' + arguments[0])"
                                + ".then(answer => answer.json()).then(page => page.matched)",
                        prefix)
                .asInt();
    }

    /** Searches for an event and waits until one of its records has a state. */
    void awaitEvent(String id, String state) {
        open("events");
        browser().type("Search events", id);
        browser()
                .await(
                        id + " is " + state,
                        "[...document.querySelectorAll('.rows .row')].some(row => row.innerText.includes(arguments[0])"
                                + " && row.innerText.includes(arguments[1]))",
                        id,
                        state);
    }

    void openEvent(String id, String state) {
        awaitEvent(id, state);
        browser().click(id);
        browser().awaitText("Timeline");
    }

    /** Leaves the console and forgets its errors: the browser reports a lost connection as one. */
    void leave() {
        browser().go(URI.create("about:blank"));
        browser().errors();
    }

    /** Asserts that the page has rendered no markup of an id or a payload. */
    void assertNoMarkup(String page) {
        assertThat(browser()
                        .script("return window.hit === undefined"
                                + " && document.querySelectorAll('main img, main script, main iframe').length === 0")
                        .asBoolean())
                .as(page)
                .isTrue();
    }
}
