package dev.ingestkit.cli.reference;

import dev.ingestkit.cli.CliEnvironment;
import dev.ingestkit.cli.IngestCli;
import dev.ingestkit.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what an archive of the tool has beside the tool: manual pages and the completion script. */
public final class ReferenceFiles {

    private ReferenceFiles() {}

    /**
     * Writes them below a folder.
     *
     * @param arguments the folder, and the tool's version
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("give a folder and a version, not " + List.of(arguments));
        }
        write(Path.of(arguments[0]), arguments[1]);
    }

    static void write(Path folder, String version) throws IOException {
        CommandLine root = commands();
        Path manual = Files.createDirectories(folder.resolve("man/man1"));
        List<CommandPage.Entry> shared = CommandPage.shared(root);
        for (CommandPage command : CommandPage.tree(root)) {
            Files.writeString(manual.resolve(ManPage.fileName(command)), ManPage.of(command, shared, version));
        }
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(
                completion.resolve("ingest-cli.bash"),
                AutoComplete.bash("ingest-cli", root).stripTrailing() + "\n");
    }

    /** All commands, as on a machine where nothing is set. */
    static CommandLine commands() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path here = Path.of("").toAbsolutePath();
        return IngestCli.commands(new CliEnvironment(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of(),
                Terminal.none(),
                here,
                here,
                Clock.systemUTC()));
    }
}
