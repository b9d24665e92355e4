package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.proof.browser.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses the console's pages of snapshots, template, faults and clock as a person does, in a real browser. */
final class ConsoleRuntimeBrowserTest {

    private static OpenConsole console;
    private static Browser browser;

    @BeforeAll
    static void start() {
        console = OpenConsole.start();
        browser = console.browser();
    }

    @AfterAll
    static void end() {
        if (console != null) {
            console.close();
        }
    }

    @AfterEach
    void noScriptFailed() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void aSnapshotIsSavedForkedByTheToolAndDeleted() {
        console.open("snapshots");
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
            console.open(other, "snapshots");
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
        console.leave();
    }

    @Test
    void theTemplateIsReadAgain() {
        console.open("template");
        browser.awaitText("the files are what runs");
        browser.click("Reload");

        browser.awaitText("read again: nothing has changed");
    }

    @Test
    void faultsAreInjectedAndCleared() {
        console.open("faults");
        browser.click("Inject");
        browser.awaitText("Active faults");
        browser.click("Clear all");
        browser.awaitText("No fault is active");
    }

    @Test
    void theClockStandsStillAndRunsAgain() {
        console.open("clock");
        browser.click("Freeze");
        browser.awaitText("frozen");
        browser.click("Resume");
        browser.awaitText("running");
    }
}
