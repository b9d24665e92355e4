package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.local.events.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * A file that records each event as soon as it is answered: {@code verify} compares it with the table, and {@code
 * --resume} continues after it. Each entry is written to the operating system at once, so that a killed sender loses
 * none. Not thread-safe.
 */
public final class Ledger implements AutoCloseable {

    private static final ObjectMapper MAPPER = Json.mapper();

    private final Path file;
    private final Writer writer;

    private Ledger(Path file, Writer writer) {
        this.file = file;
        this.writer = writer;
    }

    /**
     * Opens a ledger for writing.
     *
     * @param resume whether to continue an existing ledger, which is an error otherwise
     */
    public static Ledger open(Path file, boolean resume) {
        requireNonNull(file, "file");
        try {
            if (!resume && Files.exists(file) && Files.size(file) > 0) {
                throw new CliException(
                                "LEDGER_EXISTS", ExitCode.USAGE, "the ledger '%s' already exists".formatted(file))
                        .hint("use --resume to continue it, or choose another file");
            }
            boolean torn = Files.exists(file) && !endsWithLineEnd(file);
            Writer writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (torn) {
                writer.write(
                        "\n"); // a killed writer's last line stays unreadable by itself, and takes no other with it
            }
            return new Ledger(file, writer);
        } catch (IOException failed) {
            throw unusable(file, failed);
        }
    }

    private static boolean endsWithLineEnd(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            if (channel.size() == 0) {
                return true;
            }
            java.nio.ByteBuffer last = java.nio.ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    /** Adds an entry. */
    public void add(LedgerEntry entry) {
        try {
            writer.write(Output.json(entry).toString());
            writer.write('\n');
            writer.flush();
        } catch (IOException failed) {
            throw unusable(file, failed);
        }
    }

    /** Reads all entries in the file's order; ignores an incomplete last line. */
    public static void read(Path file, Consumer<LedgerEntry> visitor) {
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                number++;
                String next = lines.readLine();
                if (!line.isBlank()) {
                    entry(file, number, line, visitor);
                }
                line = next;
            }
        } catch (IOException failed) {
            throw unusable(file, failed);
        }
    }

    private static void entry(Path file, long number, String line, Consumer<LedgerEntry> visitor) {
        LedgerEntry entry;
        try {
            JsonNode json = MAPPER.readTree(line);
            entry = new LedgerEntry(
                    json.required("number").asLong(),
                    json.required("id").asText(),
                    json.required("sha256").asText(),
                    json.required("status").asInt(),
                    json.path("shardId").asText(null),
                    json.path("sequenceNumber").asText(null),
                    Instant.parse(json.required("time").asText()));
        } catch (IOException | IllegalArgumentException | DateTimeException malformed) {
            if (!line.endsWith("}")) {
                return; // what a killed sender left: the event's answer was not entered, so it counts as not sent
            }
            throw new CliException(
                            "LEDGER_MALFORMED",
                            ExitCode.USAGE,
                            "line %,d of '%s' is not a ledger entry".formatted(number, file))
                    .because(String.valueOf(malformed.getMessage()), malformed)
                    .hint("write a ledger with: ingest-cli send --ledger FILE");
        }
        visitor.accept(entry);
    }

    /** Returns the numbers of the events that need not be sent again, one bit each. */
    public static BitSet accepted(Path file) {
        BitSet accepted = new BitSet();
        read(file, entry -> {
            if (entry.accepted()) {
                accepted.set(Math.toIntExact(entry.number()));
            }
        });
        return accepted;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException failed) {
            throw unusable(file, failed);
        }
    }

    private static CliException unusable(Path file, IOException failed) {
        return new CliException("LEDGER_UNUSABLE", ExitCode.ENVIRONMENT, "cannot use ledger '%s'".formatted(file))
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
}
