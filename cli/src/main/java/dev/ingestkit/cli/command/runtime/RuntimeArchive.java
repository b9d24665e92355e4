package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.context.CliContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The archive of its classes that a runtime's JVM writes when it ends, where the launcher wants one. A runtime that ends
 * before it is ready has loaded few of them: its archive does not count, and a file beside it says which one does.
 */
final class RuntimeArchive {

    /** The launcher's word for where the archive is to be; unset when there is one. */
    private static final String VARIABLE = "INGEST_ARCHIVE";

    private RuntimeArchive() {}

    /** What a JVM is started with that is to write it. */
    static List<String> flags(CliContext context) {
        return place(context)
                .map(archive ->
                        List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"))
                .orElse(List.of());
    }

    /** The runtime of this process serves: the archive that its JVM writes counts. */
    static void counts(CliContext context) {
        place(context).ifPresent(archive -> {
            try {
                Files.write(Path.of(archive + ".ready"), new byte[0]);
            } catch (IOException unwritable) {
                context.output().detail("the archive of classes will not be used: " + unwritable);
            }
        });
    }

    private static Optional<String> place(CliContext context) {
        return Optional.ofNullable(context.environment().variables().get(VARIABLE))
                .filter(archive -> !archive.isEmpty());
    }
}
