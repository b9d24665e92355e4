package dev.ingestkit.proof.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium, driven by the WebDriver protocol. Used by one thread.
 *
 * @see <a href="https://www.w3.org/TR/webdriver2/">WebDriver</a>
 */
public final class Browser implements AutoCloseable {

    /** The environment variable that names the program chromedriver. */
    public static final String DRIVER = "INGEST_CHROMEDRIVER";

    private static final ObjectMapper MAPPER = Json.mapper();
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration MAX_CALL = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final List<String> ARGUMENTS =
            List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;
    private String session = "";

    private Browser(Process driver, URI endpoint) {
        this.driver = driver;
        this.endpoint = endpoint;
    }

    /** Returns the driver's path; empty where no browser is to be used. */
    public static Optional<Path> driver() {
        return Optional.ofNullable(System.getenv(DRIVER)).map(Path::of).filter(Files::isExecutable);
    }

    public static Browser start() {
        try {
            int port = freePort();
            Process driver = new ProcessBuilder(driver().orElseThrow().toString(), "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Browser browser = new Browser(driver, URI.create("http://127.0.0.1:" + port));
            poll("chromedriver is ready", browser::ready);
            browser.open();
            return browser;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void open() {
        ObjectNode wanted = MAPPER.createObjectNode();
        ObjectNode always = wanted.putObject("capabilities").putObject("alwaysMatch");
        always.put("browserName", "chrome").putObject("goog:loggingPrefs").put("browser", "ALL");
        always.putObject("goog:chromeOptions").set("args", MAPPER.valueToTree(ARGUMENTS));
        session =
                "/session/" + call("POST", "/session", wanted).path("sessionId").asText();
        devTools("Page.setDownloadBehavior", MAPPER.createObjectNode().put("behavior", "deny"));
    }

    public void go(URI page) {
        call("POST", session + "/url", MAPPER.createObjectNode().put("url", page.toString()));
    }

    /** Sets the size of the page, and whether the system prefers dark pages. */
    public void show(int width, int height, boolean dark) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                MAPPER.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        prefer("prefers-color-scheme", dark ? "dark" : "light");
    }

    /** Sets whether the system asks pages not to move. */
    public void reduceMotion(boolean reduced) {
        prefer("prefers-reduced-motion", reduced ? "reduce" : "no-preference");
    }

    private void prefer(String feature, String value) {
        ObjectNode media = MAPPER.createObjectNode();
        media.putArray("features").addObject().put("name", feature).put("value", value);
        devTools("Emulation.setEmulatedMedia", media);
    }

    /** Runs a script at the start of each page that is opened from now on, before the page's own. */
    public void atStartOfPages(String script) {
        devTools(
                "Page.addScriptToEvaluateOnNewDocument",
                MAPPER.createObjectNode().put("source", script));
    }

    /** Forgets what pages have loaded before. */
    public void clearCache() {
        devTools("Network.clearBrowserCache", MAPPER.createObjectNode());
    }

    /** Cuts the page's connections, or lets it connect again. */
    public void offline(boolean cut) {
        devTools("Network.enable", MAPPER.createObjectNode());
        devTools(
                "Network.emulateNetworkConditions",
                MAPPER.createObjectNode()
                        .put("offline", cut)
                        .put("latency", 0)
                        .put("downloadThroughput", -1)
                        .put("uploadThroughput", -1));
    }

    /** Fails the page's requests for URLs that match a pattern, in which {@code *} is any text. */
    public void block(List<String> patterns) {
        devTools("Network.enable", MAPPER.createObjectNode());
        devTools("Network.setBlockedURLs", MAPPER.createObjectNode().set("urls", MAPPER.valueToTree(patterns)));
    }

    private void devTools(String command, ObjectNode parameters) {
        ObjectNode body = MAPPER.createObjectNode().put("cmd", command);
        body.set("params", parameters);
        call("POST", session + "/goog/cdp/execute", body);
    }

    /** Runs a script in the page. A promise is awaited. */
    public JsonNode script(String text, Object... arguments) {
        ObjectNode body = MAPPER.createObjectNode().put("script", text);
        body.set("args", MAPPER.valueToTree(arguments));
        return call("POST", session + "/execute/sync", body);
    }

    /** Waits until a script returns true. */
    public void await(String what, String text, Object... arguments) {
        poll(what, () -> script("return Boolean(" + text + ")", arguments).asBoolean());
    }

    private static void poll(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within %d s: %s".formatted(MAX_WAIT.toSeconds(), what));
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
    }

    /** Returns whether the driver answers; it does not listen at once. */
    private boolean ready() {
        try {
            return call("GET", "/status", null).path("ready").asBoolean();
        } catch (UncheckedIOException notListening) {
            return false;
        }
    }

    /** Waits until the page shows a text. */
    public void awaitText(String text) {
        try {
            await("the page shows '" + text + "'", "document.body.innerText.includes(arguments[0])", text);
        } catch (AssertionError missing) {
            String shown = script("return document.body.innerText").asText();
            throw new AssertionError(missing.getMessage() + "; it shows:\n" + shown, missing);
        }
    }

    /** Clicks the first button or link with a text. */
    public void click(String text) {
        clickIn("body", text);
    }

    /** Clicks the button, link or summary with a text within the element of a selector, once it is enabled. */
    public void clickIn(String selector, String text) {
        String found = "[...document.querySelectorAll(`${arguments[0]} :is(button, a, summary)`)]"
                + ".find(e => e.textContent.trim() === arguments[1] && !e.disabled)";
        await("there is '%s' in '%s'".formatted(text, selector), found, selector, text);
        script("(" + found + ").click()", selector, text);
    }

    /** Clicks the button or field whose label, which is not its text, is given. */
    public void clickLabel(String label) {
        String found =
                "document.querySelector(`button[aria-label=\"${arguments[0]}\"], input[aria-label=\"${arguments[0]}\"]`)";
        await("there is the button '" + label + "'", found, label);
        script(found + ".click()", label);
    }

    /** Sets the value of the field with a label, as typing does. */
    public void type(String label, String text) {
        String field = "document.querySelector(`[aria-label=\"${arguments[0]}\"]`)";
        await("there is the field '" + label + "'", field, label);
        script(
                "const field = " + field + "; field.value = arguments[1];"
                        + " field.dispatchEvent(new Event('input', { bubbles: true }))",
                label,
                text);
    }

    /** Chooses a value of the list with a label. */
    public void choose(String label, String value) {
        String field = "document.querySelector(`select[aria-label=\"${arguments[0]}\"]`)";
        await("there is the list '" + label + "'", field, label);
        script(
                "const field = " + field + "; field.value = arguments[1];"
                        + " field.dispatchEvent(new Event('change', { bubbles: true }))",
                label,
                value);
    }

    /** Presses a key with the page in focus. */
    public void press(String key) {
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode keys =
                body.putArray("actions").addObject().put("type", "key").put("id", "keyboard");
        keys.putArray("actions")
                .add(MAPPER.createObjectNode().put("type", "keyDown").put("value", key))
                .add(MAPPER.createObjectNode().put("type", "keyUp").put("value", key));
        call("POST", session + "/actions", body);
    }

    /** Opens another tab and makes it the current one. */
    public String newTab() {
        JsonNode tab =
                call("POST", session + "/window/new", MAPPER.createObjectNode().put("type", "tab"));
        String handle = tab.path("handle").asText();
        tab(handle);
        return handle;
    }

    public String tab() {
        return call("GET", session + "/window", null).asText();
    }

    public void tab(String handle) {
        call("POST", session + "/window", MAPPER.createObjectNode().put("handle", handle));
    }

    /** Closes the current tab; another one has to be made the current one. */
    public void closeTab() {
        call("DELETE", session + "/window", null);
    }

    /** Returns the errors that the page's console has reported since the last call. */
    public List<String> errors() {
        JsonNode lines =
                call("POST", session + "/se/log", MAPPER.createObjectNode().put("type", "browser"));
        return lines.findParents("level").stream()
                .filter(line -> line.path("level").asText().equals("SEVERE"))
                .map(line -> line.path("message").asText())
                .toList();
    }

    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(call("GET", session + "/screenshot", null).asText());
    }

    private JsonNode call(String method, String path, @Nullable ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(MAX_CALL)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = MAPPER.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        path + ": " + value.path("message").asText());
            }
            return value;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        try {
            if (!session.isEmpty()) {
                call("DELETE", session, null);
            }
        } finally {
            driver.destroy();
        }
    }
}
