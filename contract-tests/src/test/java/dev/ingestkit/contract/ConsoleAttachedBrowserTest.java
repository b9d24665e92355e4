package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Acts on an attached runtime by its console, in a real browser: the data is at another endpoint. */
final class ConsoleAttachedBrowserTest {

    private static final String STREAM = "ingest-kit-Invoices";

    @TempDir
    static Path folder;

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    private static AttachedStack stack;

    @BeforeAll
    static void attach() throws IOException {
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        Path template = Files.writeString(folder.resolve("own.yaml"), OwnStackByToolTest.TEMPLATE);
        stack = new AttachedStack(EmbeddedStack.config(template), folder.resolve("attached"));
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    private static Browser open(String page) {
        console.open(stack.attached(), page);
        return console.browser();
    }

    @Test
    void onlyStagesThatTheRuntimePerformsAreOfferedForFaults() {
        Browser browser = open("faults");

        assertThat(browser.script(
                                "return [...document.querySelector('[aria-label=Stage]').options].map(one => one.value).join(' ')")
                        .asText())
                .isEqualTo("gateway function-start function-invoke");
        browser.click("Inject");
        browser.awaitText("Active faults");
        browser.click("Clear all");
        browser.awaitText("No fault is active");
    }

    @Test
    void theClockIsSaidToBeThatOfTheRuntime() {
        open("clock").awaitText("The clock is that of this runtime");
    }

    @Test
    void writesAtTheOtherEndpointAreNotShownAsZero() {
        Browser browser = open("pipeline");

        browser.awaitText("writes not counted");
        assertThat(browser.script("return document.querySelector('.figures').innerText")
                        .asText())
                .contains("Accepted")
                .doesNotContain("Stored", "To the table");
    }

    @Test
    void anEventIsSentAgainToTheOtherEndpointsStream() {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(stack.data()))) {
            clients.kinesis()
                    .putRecord(request ->
                            request.streamName(STREAM).partitionKey("again").data(SdkBytes.fromUtf8String("good")));
        }
        Browser browser = open("events");
        browser.type("Search events", "again");
        browser.awaitText("1 found of");
        browser.click("again");
        browser.click("Send again");

        browser.awaitText("2 found of");
    }
}
