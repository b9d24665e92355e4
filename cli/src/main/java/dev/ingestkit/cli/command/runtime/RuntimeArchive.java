package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.context.CliContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The class data archive that a runtime's JVM writes when it exits, if the launcher asks for one. A runtime that stops
 * before it is ready has loaded few classes, so a file beside the archive marks the archives that may be used.
 */
final class RuntimeArchive {

    /** The variable by which the launcher names the archive's file; unset when there already is one. */
    private static final String VARIABLE = "INGEST_ARCHIVE";

    private RuntimeArchive() {}

    /** Returns the flags of a JVM that writes the archive. */
    static List<String> flags(CliContext context) {
        return file(context)
                .map(archive ->
                        List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"))
                .orElse(List.of());
    }

    /** Marks the archive of this process as usable, once its runtime is ready. */
    static void markUsable(CliContext context) {
        file(context).ifPresent(archive -> {
            try {
                Files.write(Path.of(archive + ".ready"), new byte[0]);
            } catch (IOException unwritable) {
                context.output().detail("the class archive will not be used: " + unwritable);
            }
        });
    }

    private static Optional<String> file(CliContext context) {
        return Optional.ofNullable(context.environment().variables().get(VARIABLE))
                .filter(archive -> !archive.isEmpty());
    }
}
