package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Uses the console's pages of snapshots, template, faults and clock as a person does, in a real browser. */
final class ConsoleRuntimeBrowserTest {

    @RegisterExtension
    static final OpenConsole console = new OpenConsole();

    @Test
    void aSnapshotIsSavedForkedByTheToolAndDeleted() {
        console.open("snapshots");
        console.browser().type("Name of the snapshot", "by-hand");
        console.browser().awaitText("ingest-cli snapshot save by-hand");
        console.browser().click("Save");
        console.browser().awaitText("by-hand saved");
        console.browser().awaitText("ingest-cli snapshot save by-hand --replace");
        console.browser().await("the message is gone", "!document.querySelector('.said span')");
        console.browser().click("Replace");
        console.browser().awaitText("by-hand saved");
        console.browser().clickLabel("Fork by-hand");
        console.browser().awaitText("ingest-cli snapshot fork by-hand --port 4577");
        console.browser().click("Cancel");
        console.browser().clickLabel("Delete by-hand");
        console.browser().click("Delete it");

        console.browser().awaitText("by-hand deleted");
        console.browser().awaitText("No snapshots");
    }

    @Test
    void aSnapshotIsLoaded() {
        try (LocalRuntime other = LocalRuntime.start(EmbeddedStack.config())) {
            console.open(other, "snapshots");
            console.browser().type("Name of the snapshot", "to-load");
            console.browser().click("Save");
            console.browser().awaitText("to-load saved");
            console.browser().clickLabel("Load to-load");
            console.browser().click("Load it");
            console.browser().awaitText("to-load loaded");
            console.browser().clickLabel("Delete to-load");
            console.browser().click("Delete it");
            console.browser().awaitText("to-load deleted");
        }
        console.leave();
    }

    @Test
    void theTemplateIsReloaded() {
        console.open("template");
        console.browser().awaitText("the stack matches the files");
        console.browser().click("Reload");

        console.browser().awaitText("read again: nothing has changed");
    }

    @Test
    void faultsAreInjectedAndCleared() {
        console.open("faults");
        console.browser().click("Inject");
        console.browser().awaitText("Active faults");
        console.browser().click("Clear all");
        console.browser().awaitText("No fault is active");
    }

    @Test
    void aFaultOfItsOwnIsInjectedAndItsHitsAreCounted() {
        console.open("faults");
        console.browser().choose("Stage", "kinesis-put");
        console.browser().choose("Kind", "delay");
        console.browser().type("Rate", "1");
        console.browser().type("Only targets like", "slow-*");
        console.browser().awaitText("ingest-cli faults set 'kinesis-put:delay,match=slow-*'");
        console.browser().click("Inject");
        console.browser().awaitText("Active faults");
        console.put("slow-1", "{}");

        console.browser().await("a hit is counted", "document.querySelector('main tbody tr').cells[2].innerText >= 1");
        console.browser().click("Clear all");
        console.browser().awaitText("No fault is active");
    }

    @Test
    void timeIsAdvanced() {
        try (LocalRuntime other = LocalRuntime.start(EmbeddedStack.config())) {
            console.open(other, "clock");
            console.browser().click("Freeze");
            console.browser().awaitText("frozen");
            String before = time();
            for (String step : List.of("1 minute", "1 hour", "1 day", "1 week")) {
                console.browser().click("Advance " + step);
                console.browser().awaitText(step + " later");
            }

            Duration passed = Duration.between(Instant.parse(before), Instant.parse(time()));
            assertThat(passed).isEqualTo(Duration.ofDays(8).plusHours(1).plusMinutes(1));
        }
        console.leave();
    }

    private static String time() {
        return console.browser()
                .script("return document.querySelector('.big').innerText.replace(' ', 'T')")
                .asText();
    }

    @Test
    void theClockIsFrozenAndResumed() {
        console.open("clock");
        console.browser().click("Freeze");
        console.browser().awaitText("frozen");
        console.browser().click("Resume");
        console.browser().awaitText("running");
    }
}
