package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static Path template;

    @BeforeAll
    static void attach() throws IOException {
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        template = Files.writeString(folder.resolve("own.yaml"), OwnStackByToolTest.TEMPLATE);
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
    void aChangedTemplateIsComparedWithThatOfTheStartAndNotApplied() throws IOException {
        Browser browser = open("template");
        browser.awaitText("the files are as at the start");

        Files.writeString(
                template,
                OwnStackByToolTest.TEMPLATE
                                .replace("  Others: {Type: AWS::SQS::Queue}\n", "  Moved: {Type: AWS::SQS::Queue}\n")
                                .replace("MemorySize: 256", "MemorySize: 512")
                        + "# a line that changes nothing\n");
        browser.awaitText("the files have changed since the start");
        for (String line : List.of(
                "Moved (AWS::SQS::Queue) was added",
                "Others (AWS::SQS::Queue) was removed",
                "Projector (AWS::Lambda::Function) was changed",
                "start it again: ingest-cli up --attach " + stack.data().endpoint())) {
            browser.awaitText(line);
        }
        assertThat(changes(browser)).hasSize(3);

        Files.writeString(template, "Resources: {Invoices: {Type: AWS::Kinesis::Stream, Properties: [}}\n");
        browser.awaitText("the changed files are not valid");
        browser.awaitText("own.yaml:1:");

        Files.writeString(template, "# a line that changes nothing\n" + OwnStackByToolTest.TEMPLATE);
        browser.awaitText("the files are as at the start");
        assertThat(changes(browser)).isEmpty();
    }

    /** Returns the listed changes, one line each. */
    private static JsonNode changes(Browser browser) {
        return browser.script("return [...document.querySelectorAll('main section > h2')]"
                + ".filter(heading => heading.innerText === 'Applied at the next start')"
                + ".flatMap(heading => [...heading.parentElement.querySelectorAll('li')].map(line => line.innerText))");
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
