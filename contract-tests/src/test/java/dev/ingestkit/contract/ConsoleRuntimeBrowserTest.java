package dev.ingestkit.contract;

import dev.ingestkit.local.LocalRuntime;
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
    void theClockIsFrozenAndResumed() {
        console.open("clock");
        console.browser().click("Freeze");
        console.browser().awaitText("frozen");
        console.browser().click("Resume");
        console.browser().awaitText("running");
    }
}
