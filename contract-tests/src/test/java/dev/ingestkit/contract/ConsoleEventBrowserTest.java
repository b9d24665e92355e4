package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackResources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Acts on one event, and on files that the pages make, as a person does; what is copied is used as it is. */
final class ConsoleEventBrowserTest {

    /** A browser without a window has no clipboard that a test could read. */
    private static final String CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value:"
            + " { writeText: text => { window.copied = text; return Promise.resolve(); } } })";

    private static final String FILES = "const own = URL.createObjectURL.bind(URL);"
            + "URL.createObjectURL = file => { window.file = file; return own(file); }";

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @TempDir
    private Path folder;

    private static String copied(String button) {
        console.browser().script(CLIPBOARD);
        console.browser().click(button);
        console.browser().await("a text is copied", "window.copied");
        return console.browser().script("return window.copied").asText();
    }

    @Test
    void anEventIsSentAgain() {
        console.openEvent("good-1", "stored");
        console.browser().click("Send again");

        console.browser().awaitText("sent again as");
        console.browser().awaitText("2 found of");
    }

    @Test
    void anEventIsEditedAndSent() {
        console.put("to-edit", "{\"total\":1}");
        console.openEvent("to-edit", "stored");
        console.browser().click("Edit and send");
        console.browser().click("Cancel");
        console.browser().click("Edit and send");
        console.browser().type("Edited payload", "{\"total\":2}");
        console.browser().click("Send edited");
        console.browser().awaitText("2 found of");
        console.openEvent("to-edit", "stored");

        console.browser().awaitText("\"total\": 2");
    }

    @Test
    void theCopiedCurlLineSendsTheEvent() throws IOException, InterruptedException {
        console.submit("for-curl", "{\"text\":\"it's \\\"quoted\\\"\"}");
        console.openEvent("for-curl", "stored");
        String line = copied("Copy as curl");
        assertThat(line).contains("$(ingest-cli credentials)");

        String script = "ingest-cli() { printf %s \"$CREDENTIALS\"; }; " + line.replace("curl ", "curl -sS --fail ");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        builder.environment().put("CREDENTIALS", credentials());
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as("%s: %s", line, printed).isZero();
        awaitTwo("for-curl");
    }

    private static String credentials() {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(console.runtime()))) {
            Credentials found = Credentials.read(clients, StackResources.of(clients));
            return found.username() + ":" + found.password();
        }
    }

    @Test
    void theLineOfAnEditedEventSendsIt() throws IOException, InterruptedException {
        console.put("for-the-line", "{\"text\":\"it's one\"}");
        console.openEvent("for-the-line", "stored");
        console.browser().click("Edit and send");
        console.browser().type("Edited payload", "{\"text\":\"it's two\"}");
        console.browser().awaitText("--data '{\"text\":\"it'\\''s two\"}'");
        String line = console.browser()
                .script("return [...document.querySelectorAll('.cli code')].map(code => code.innerText)"
                        + ".find(line => line.startsWith('ingest-cli send '))")
                .asText();

        Tool.Result sent = new Tool(folder)
                .variable("INGEST_ENDPOINT_URL", console.runtime().endpoint().toString())
                .run("", words(line));

        assertThat(sent.exit()).as(line + ": " + sent.err()).isZero();
        awaitTwo("for-the-line");
    }

    /** Returns what a shell makes of a line of the tool, without the tool's name. */
    private static String[] words(String line) throws IOException, InterruptedException {
        String script = "ingest-cli() { printf '%s\\0' \"$@\"; }; " + line;
        Process process = new ProcessBuilder("bash", "-c", script).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(line).isZero();
        return printed.split("\0");
    }

    private static void awaitTwo(String id) {
        console.open("events");
        console.browser().type("Search events", id);
        console.browser().awaitText("2 found of");
    }

    @Test
    void theCopiedInputIsSentByTheTool() {
        console.put("for-send", "{\"text\":\"it's\"}");
        console.openEvent("for-send", "stored");
        String input = copied("Copy as send input");

        Tool.Result sent = new Tool(folder)
                .variable("INGEST_ENDPOINT_URL", console.runtime().endpoint().toString())
                .run(input + "\n", new String[] {"send", "-"});

        assertThat(sent.exit()).as(input + ": " + sent.err()).isZero();
        awaitTwo("for-send");
    }

    @Test
    void aTraceIsJson() throws IOException, InterruptedException {
        console.openEvent("good-1", "stored");
        String url = console.browser()
                .script("return [...document.querySelectorAll('a[download]')]"
                        + ".find(link => link.innerText === 'Trace as JSON').href")
                .asText();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        JsonNode trace = new ObjectMapper().readTree(answer.body());

        assertThat(trace.at("/event/id").asText()).isEqualTo("good-1");
        assertThat(trace.path("history").findValuesAsText("kind")).contains("put", "delivered", "stored");
    }

    @Test
    void theOutputOfAnInvocationIsInTheEventsLife() {
        console.openEvent("good-1", "stored");
        console.browser()
                .await(
                        "there is output",
                        "[...document.querySelectorAll('.timeline summary')].some(e => e.innerText.startsWith('Output:'))");
        console.browser().script("document.querySelectorAll('.timeline details').forEach(e => { e.open = true; })");

        console.browser().awaitText("REPORT RequestId");
    }

    @Test
    void anEventThatWasGivenUpLeadsToItsDeadLetter() {
        console.put("given-up", "not json");
        console.openEvent("given-up", "dead");
        console.browser().click("Its dead letter");

        console.browser().await("one message is shown", "document.querySelectorAll('main tbody tr').length === 1");
        console.browser().awaitText("given-up");
        console.browser().type("Filter dead letters", "");
    }

    @Test
    void deadLettersAreDrainedToAFile() throws IOException {
        console.put("drained-1", "not json");
        console.open("deadletters");
        console.browser().awaitText("drained-1");
        console.browser().script(FILES);
        console.browser().clickLabel("Select all");
        console.browser().click("Drain to a file");
        console.browser().awaitText("ingest-cli dlq drain");
        String file = console.browser().script("return window.file.text()").asText();
        JsonNode line = new ObjectMapper()
                .readTree(file.lines()
                        .filter(text -> text.contains("drained-1"))
                        .findFirst()
                        .orElseThrow());
        assertThat(line.path("format").asText()).isEqualTo("ingest-kit/event");
        assertThat(line.path("payload").asText()).isEqualTo("not json");
        console.browser().click("Delete " + file.lines().count() + " saved");
        console.browser().awaitText("No dead letters");
    }

    @Test
    void aQueueIsPurgedOnceItsNameIsTyped() {
        console.put("purged-1", "not json");
        console.open("deadletters");
        console.browser().awaitText("purged-1");
        console.browser().click("Purge");
        console.browser().click("Cancel");
        console.browser().click("Purge");
        console.browser().awaitText("Type its name to confirm: ");
        String queue = console.browser()
                .script("return document.querySelector('.plan p').innerText.split(': ').pop()")
                .asText();
        console.browser().type("Name of the queue", queue);
        console.browser().clickIn(".plan", "Purge");
        console.browser().awaitText(queue + " purged");
        console.browser().awaitText("No dead letters");
    }

    @Test
    void aFailedRedriveSaysWhyUntilTheNextAction() {
        console.put("cannot-be-given", "not json");
        console.open("deadletters");
        console.browser().awaitText("cannot-be-given");
        console.open("faults");
        console.browser().choose("Stage", "function-invoke");
        console.browser().choose("Kind", "error");
        console.browser().type("Rate", "1");
        console.browser().awaitText("ingest-cli faults set function-invoke:error");
        console.browser().click("Inject");
        console.browser().awaitText("Active faults");
        console.open("deadletters");
        console.browser().click("cannot-be-given");
        console.browser().click("Redrive");
        console.browser().awaitText("0 records redriven, then:");
        // The list is read again every two seconds.
        console.put("arrives-meanwhile", "{}");
        console.browser()
                .script(
                        "return new Promise(read => { let left = 3; const own = window.fetch;"
                                + " window.fetch = (...call) => own(...call).then(answer => {"
                                + " if (String(call[0]).includes('/messages') && --left === 0) setTimeout(read, 50); return answer; }); })");

        assertThat(console.shows("0 records redriven, then:")).isTrue();
        console.open("faults");
        console.browser().click("Clear all");
        console.browser().awaitText("No fault is active");
        // The browser reports the injected answer as an error.
        console.leave();
    }
}
