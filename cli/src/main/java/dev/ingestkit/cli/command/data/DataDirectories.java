package dev.ingestkit.cli.command.data;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Path;

/** Works on data directories; an unusable directory becomes a {@link CliException}. */
final class DataDirectories {

    private DataDirectories() {}

    /** Some work on a directory. */
    @FunctionalInterface
    interface Work<T> {
        T on(Path directory) throws IOException;
    }

    static <T> T run(Path directory, Work<T> work) {
        try {
            return work.on(directory);
        } catch (IOException unusable) {
            throw new CliException("DATA_UNUSABLE", ExitCode.FAILED, String.valueOf(unusable.getMessage()));
        }
    }
}
