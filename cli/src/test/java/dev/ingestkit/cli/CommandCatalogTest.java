package dev.ingestkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

final class CommandCatalogTest {

    @TempDir
    Path home;

    @Test
    void catalogAndCommandsHaveTheSamePurposes() {
        List<String> listed = new ArrayList<>();
        List<String> own = new ArrayList<>();
        for (CommandCatalog.Entry entry : CommandCatalog.ENTRIES) {
            Command command = entry.type().get().getAnnotation(Command.class);
            listed.add(entry.name() + ": " + entry.purpose());
            own.add(command.name() + ": " + command.description()[0]);
        }

        assertThat(listed).isEqualTo(own);
    }

    @Test
    void helpListsAllCommands() {
        String page = new CliRun(home).run("--help").out();

        assertThat(CommandCatalog.ENTRIES)
                .allSatisfy(entry -> assertThat(page).containsPattern("\n  " + entry.name() + "  +\\S"));
    }
}
