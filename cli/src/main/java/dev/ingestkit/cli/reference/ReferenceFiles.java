package dev.ingestkit.cli.reference;

import dev.ingestkit.cli.IngestCli;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Writes the manual pages and completion scripts of an archive of the tool. */
public final class ReferenceFiles {

    private ReferenceFiles() {}

    /**
     * Writes the files below a directory.
     *
     * @param arguments the directory, the tool's version, and the build's time, {@code 2026-01-31T12:00:00Z}
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected a directory, a version and a time, not " + List.of(arguments));
        }
        LocalDate built = LocalDate.ofInstant(Instant.parse(arguments[2]), ZoneOffset.UTC);
        write(Path.of(arguments[0]), new ManPage.Release(arguments[1], built));
    }

    static void write(Path folder, ManPage.Release release) throws IOException {
        CommandLine root = commands();
        Path manual = Files.createDirectories(folder.resolve("man/man1"));
        List<CommandPage.Entry> shared = CommandPage.shared(root);
        for (CommandPage command : CommandPage.tree(root)) {
            Files.writeString(manual.resolve(ManPage.fileName(command)), ManPage.of(command, shared, release));
        }
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.write(completion.resolve("ingest-cli.bash"), output("completion", "bash"));
        Files.write(completion.resolve("_ingest-cli"), output("completion", "zsh"));
    }

    /** Returns the standard output of a command. */
    private static byte[] output(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        if (IngestCli.run(environment(out, err), arguments) != 0) {
            throw new IllegalStateException(List.of(arguments) + ": " + err.toString(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** Returns all commands, as on a machine without settings. */
    static CommandLine commands() {
        return IngestCli.commands(environment(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    private static CliEnvironment environment(OutputStream out, OutputStream err) {
        Path here = Path.of("").toAbsolutePath();
        return new CliEnvironment(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Terminal.none(),
                here,
                here,
                Clock.systemUTC());
    }
}
