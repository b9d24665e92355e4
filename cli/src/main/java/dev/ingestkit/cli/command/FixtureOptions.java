package dev.ingestkit.cli.command;

import dev.ingestkit.cli.fixture.Fixtures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where fixtures are looked for. */
public final class FixtureOptions {

    @Option(
            names = "--fixtures",
            paramLabel = "DIR",
            description = "A folder with fixtures of your own: a JSON file each (default: " + Fixtures.FOLDER + ").")
    @Nullable
    Path folder;

    public Fixtures in(Path directory) {
        return Fixtures.in(directory, folder);
    }
}
