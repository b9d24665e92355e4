package dev.ingestkit.local.kinesis;

import java.util.List;

/**
 * How a put appends.
 *
 * @param quota what the shard may take now
 * @param stream the name for messages
 * @param told before any reader can have the records
 */
record Append(long nowMillis, Quota quota, KinesisErrors errors, String stream, Told told) {

    /** Is told of records that were stored. */
    @FunctionalInterface
    interface Told {

        /**
         * @param chosen the places of one shard's entries, whether they were stored or refused
         */
        void stored(List<Integer> chosen, PutOutcome[] outcomes);
    }
}
