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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file into which dead letters are drained: a line for each record, in the form that can be sent again, with where
 * it came from and why it is there. Lines are added to what is there already. Not thread-safe.
 */
public final class DrainFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    public DrainFile(Path file) {
        this.file = requireNonNull(file, "file");
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /** Writes a letter's records through to the disk: once this returns, the message may go. */
    public void write(LetterSummary letter, Recovery.Recovered recovered) {
        StringBuilder lines = new StringBuilder();
        for (ShardRecord record : recovered.records()) {
            lines.append(line(letter, record)).append('\n');
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private static ObjectNode line(LetterSummary letter, ShardRecord record) {
        RecordOrigin origin = record.origin();
        return EventEnvelope.of(origin.partitionKey(), record.data())
                .put("messageId", letter.id())
                .put("kind", letter.kind())
                .put("reason", letter.reason())
                .put("text", letter.text())
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
        return new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write " + file)
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed)
                .hint("nothing was deleted that is not in the file");
    }
}
