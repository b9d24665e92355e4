package dev.ingestkit.local.control;

import dev.ingestkit.local.events.SequenceNumber;
import java.util.Optional;

/** Reads records by their positions, without being a reader of their streams. Thread-safe. */
@FunctionalInterface
public interface RecordContents {

    /** Returns no record: records of another endpoint can only be read within its limits. */
    RecordContents UNKNOWN = (stream, shardId, number) -> Optional.empty();

    /** Returns the data of a record, which must not be changed; empty if its stream does not hold it. */
    Optional<byte[]> data(String stream, String shardId, SequenceNumber number);
}
