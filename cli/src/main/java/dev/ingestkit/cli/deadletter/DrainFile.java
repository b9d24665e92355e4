package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.EventEnvelope;
import dev.ingestkit.core.event.RecordOrigin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file for drained dead letters: one line per record, in a form that can be sent again, with the record's origin
 * and the reason. Lines are appended to existing content; an incomplete line of a killed run is removed first, because
 * its message is still in the queue. Not thread-safe.
 */
public final class DrainFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final DrainTail tail;

    public DrainFile(Path file) {
        this.file = requireNonNull(file, "file");
        try {
            boolean isNew = !Files.exists(file);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            tail = DrainTail.repair(channel);
            channel.position(channel.size());
            if (isNew) {
                syncFolder(file.toAbsolutePath().getParent());
            }
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** Makes the file's directory entry durable, like its content. */
    private static void syncFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    /**
     * Writes the records of a dead letter, unless a killed run has already written all of them. They are safe once
     * {@link #sync} has returned.
     */
    public void write(DeadLetterSummary deadLetter, Recovery.Recovered recovered) {
        List<ShardRecord> records = recovered.records();
        if (tail.holdsAllOf(deadLetter.id())) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records.size(); i++) {
            lines.append(line(deadLetter, records.get(i), i + 1, records.size()))
                    .append('\n');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** Flushes to the disk; once this returns, the messages may be deleted. */
    public void sync() {
        try {
            channel.force(true);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private static ObjectNode line(DeadLetterSummary deadLetter, ShardRecord record, int number, int of) {
        RecordOrigin origin = record.origin();
        return EventEnvelope.of(origin.partitionKey(), record.data())
                .put("messageId", deadLetter.id())
                .put("record", number)
                .put("records", of)
                .put("kind", deadLetter.kind())
                .put("reason", deadLetter.reason())
                .put("text", deadLetter.text())
                .put("stream", origin.stream())
                .put("shard", origin.shard())
                .put("sequenceNumber", origin.sequenceNumber())
                .put("arrivedAt", origin.arrivedAt().toString());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private CliException unwritable(IOException failed) {
        return new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write '%s'".formatted(file))
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed)
                .hint("every deleted message is in the file");
    }
}
