package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.control.RecordContents;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.kinesis.IteratorPosition;
import dev.ingestkit.local.kinesis.KinesisRecord;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.ShardCursor;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.Optional;

/** Reads records of this process's streams, outside the limits of readers. Thread-safe. */
public final class HeldRecords implements RecordContents {

    private final KinesisService kinesis;

    public HeldRecords(KinesisService kinesis) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
    }

    @Override
    public Optional<byte[]> data(String stream, String shardId, SequenceNumber number) {
        return kinesis.stream(stream).flatMap(held -> data(held, shardId, number));
    }

    private static Optional<byte[]> data(StreamHandle stream, String shardId, SequenceNumber number) {
        try (ShardCursor cursor = stream.open(ShardId.parse(shardId), new IteratorPosition.AtSequenceNumber(number))) {
            return cursor.read(1).records().stream()
                    .filter(record -> record.sequenceNumber().equals(number))
                    .map(KinesisRecord::data)
                    .findFirst();
        } catch (ServiceException gone) {
            // The shard or the stream was deleted, or the number is before the oldest record.
            return Optional.empty();
        }
    }
}
