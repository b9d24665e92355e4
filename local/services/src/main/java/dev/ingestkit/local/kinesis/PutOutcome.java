package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.protocol.ServiceException;

/** What became of one record of a put. */
sealed interface PutOutcome {

    /** It is in the shard. */
    record Stored(String shardId, String sequenceNumber) implements PutOutcome {}

    /** It is not, with the error that PutRecord answers and PutRecords writes into the entry. */
    record Refused(ServiceException error) implements PutOutcome {}
}
