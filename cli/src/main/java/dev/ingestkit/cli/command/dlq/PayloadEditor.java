package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lets a person edit payloads: each is a file in a directory that only the user can read, and the editor opens all of
 * them at once. Closing deletes the files, so close it only when the edits are safe elsewhere.
 */
final class PayloadEditor implements AutoCloseable {

    private final CliEnvironment environment;
    private final Path folder;
    private boolean kept;

    PayloadEditor(CliEnvironment environment) {
        this.environment = requireNonNull(environment, "environment");
        try {
            folder = Files.createTempDirectory("ingest-cli-edit");
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    /**
     * Opens the editor and waits until it exits.
     *
     * @return the changed payloads by sequence number; empty if nothing was changed
     */
    Map<String, byte[]> edit(List<ShardRecord> records) throws InterruptedException {
        List<Path> files = new ArrayList<>();
        try {
            for (ShardRecord record : records) {
                String name = records.size() == 1 ? "payload.json" : "payload-%03d.json".formatted(files.size() + 1);
                files.add(Files.write(folder.resolve(name), record.data()));
            }
            run(files);
            Map<String, byte[]> changed = new HashMap<>();
            for (int i = 0; i < files.size(); i++) {
                byte[] before = records.get(i).data();
                byte[] after = withoutAddedNewline(before, Files.readAllBytes(files.get(i)));
                if (after.length == 0 && before.length > 0) {
                    throw new CliException("EDIT_CANCELED", ExitCode.FAILED, "a payload is empty; nothing was changed")
                            .hint("to drop a dead letter, drain it: ingest-cli dlq drain FILE MESSAGE");
                }
                if (!Arrays.equals(before, after)) {
                    changed.put(records.get(i).origin().sequenceNumber(), after);
                }
            }
            return changed;
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    /** Removes the newline that most editors append, unless the payload already ended with one. */
    private static byte[] withoutAddedNewline(byte[] before, byte[] after) {
        boolean added = after.length > 0
                && after[after.length - 1] == '\n'
                && (before.length == 0 || before[before.length - 1] != '\n');
        return added ? Arrays.copyOf(after, after.length - 1) : after;
    }

    private void run(List<Path> files) throws IOException, InterruptedException {
        // Run by the shell, as git and kubectl do, because the variable may hold a command with arguments.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", editor() + " \"$@\"", "editor"));
        files.forEach(file -> command.add(file.toString()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new CliException("EDIT_CANCELED", ExitCode.FAILED, "the editor failed; nothing was changed")
                    .because("'%s' exited with %d".formatted(editor(), exit), null)
                    .hint("choose another editor: EDITOR=nano ingest-cli dlq edit MESSAGE");
        }
    }

    private String editor() {
        return Stream.of("VISUAL", "EDITOR")
                .map(name -> environment.variables().getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseGet(this::usual);
    }

    private String usual() {
        if (!environment.terminal().stdin()) {
            throw new CliException(
                            "NO_EDITOR",
                            ExitCode.ENVIRONMENT,
                            "no editor is configured, and the default one needs a terminal")
                    .hint("set an editor: EDITOR=PROGRAM")
                    .hint("or set fields: ingest-cli dlq redrive MESSAGE --set path=value");
        }
        return "vi";
    }

    /** Keeps the files, which are the only copy of the user's edits, and returns their location. */
    Path keep() {
        kept = true;
        return folder;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException failed) {
            throw unusable(failed);
        }
    }

    private static CliException unusable(IOException failed) {
        return new CliException("NOT_EDITABLE", ExitCode.ENVIRONMENT, "payloads cannot be edited on this machine")
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed)
                .hint("editing needs /bin/sh and a directory for temporary files");
    }
}
