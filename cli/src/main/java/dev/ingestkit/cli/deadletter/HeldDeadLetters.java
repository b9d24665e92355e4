package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a scan holds until its end. Keeps their ids in memory, and their receipt handles of several hundred
 * bytes in a temporary file from a thousand messages on. Not thread-safe.
 */
final class HeldDeadLetters implements AutoCloseable {

    private static final int IN_MEMORY = 1_000;

    private final Set<String> ids = new HashSet<>();
    private final List<String> recent = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable BufferedWriter writer;

    /** Adds a message; returns false if it is already held. */
    boolean meet(String messageId) {
        return ids.add(requireNonNull(messageId, "messageId"));
    }

    /** Returns the number of messages seen. */
    int size() {
        return ids.size();
    }

    /** Holds a message to the end. */
    void hold(String receiptHandle) {
        recent.add(receiptHandle);
        if (recent.size() == IN_MEMORY) {
            spill();
        }
    }

    private void spill() {
        try {
            BufferedWriter to = writer;
            if (to == null) {
                Path made = Files.createTempFile("ingest-letters", ".tmp");
                file = made;
                to = Files.newBufferedWriter(made, StandardCharsets.UTF_8);
                writer = to;
            }
            for (String handle : recent) {
                to.write(handle);
                to.newLine();
            }
            recent.clear();
        } catch (IOException failed) {
            throw noRoom(failed);
        }
    }

    /** Makes all held messages visible again. */
    void release(DeadLetterQueue queue) {
        queue.release(recent);
        recent.clear();
        Path spilled = file;
        if (spilled == null) {
            return;
        }
        try {
            requireNonNull(writer).flush();
            try (BufferedReader lines = Files.newBufferedReader(spilled, StandardCharsets.UTF_8)) {
                List<String> some = new ArrayList<>();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    some.add(line);
                    if (some.size() == DeadLetterQueue.MAX_PER_CALL) {
                        queue.release(some);
                        some.clear();
                    }
                }
                queue.release(some);
            }
        } catch (IOException failed) {
            throw noRoom(failed);
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw noRoom(failed);
        }
    }

    private static CliException noRoom(IOException failed) {
        return new CliException(
                        "NO_ROOM", ExitCode.ENVIRONMENT, "cannot keep the state of the scan in a temporary file")
                .because(String.valueOf(failed.getMessage()), failed)
                .hint(
                        "free some space: the file needs about 500 bytes per message; hidden messages reappear by themselves");
    }
}
