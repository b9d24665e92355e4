package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.context.CliContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The class data archive that a runtime's JVM writes when it exits, if the launcher asks for one: on JDK 25 and later the
 * record from which the launcher has an AOT cache made. A runtime that stops before it is ready has loaded few classes,
 * so a file beside the archive marks the archives that may be used.
 */
final class RuntimeArchive {

    /** The variable by which the launcher names the archive's file; unset when there already is one. */
    private static final String VARIABLE = "INGEST_ARCHIVE";

    /** The first release whose AOT cache knows the methods' profiles, which make a start shorter. */
    private static final int AOT_RELEASE = 25;

    private RuntimeArchive() {}

    /** Returns the flags of a JVM that writes the archive. */
    static List<String> flags(CliContext context) {
        return file(context)
                .map(archive -> flags(archive, Runtime.version().feature()))
                .orElse(List.of());
    }

    /** Returns the flags of a JVM of a release, the same as the launcher's. */
    static List<String> flags(String archive, int release) {
        return release < AOT_RELEASE
                ? List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of(
                        "-XX:AOTMode=record",
                        "-XX:AOTConfiguration=" + archive,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-DisplayVMOutput",
                        "-Xlog:aot=off",
                        "-Xlog:cds=off");
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
