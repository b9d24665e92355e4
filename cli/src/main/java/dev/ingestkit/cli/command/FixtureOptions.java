package dev.ingestkit.cli.command;

import dev.ingestkit.cli.fixture.Fixtures;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the directory of the user's fixtures. */
public final class FixtureOptions {

    @Option(
            names = "--fixtures",
            paramLabel = "DIR",
            description = "Reads your own fixtures from this directory, one JSON file each (default: " + Fixtures.FOLDER
                    + ").")
    @Nullable
    Path folder;

    /** Returns the fixtures of the given directory, or of the default one below the working directory. */
    public Fixtures in(Path directory) {
        return Fixtures.in(directory, folder);
    }
}
