package dev.ingestkit.local.kinesis;

import java.util.List;

/**
 * The parameters of one append to a shard.
 *
 * @param nowMillis the current time, epoch milliseconds
 * @param quota the shard's write quota
 * @param errors creates the errors of rejected records
 * @param stream the stream's name, for error texts
 * @param onAppended is notified before readers can see the records
 */
record Append(long nowMillis, ShardQuota quota, KinesisErrors errors, String stream, Listener onAppended) {

    /** Receives the records that were stored. */
    @FunctionalInterface
    interface Listener {

        /**
         * Called after one shard's records were stored, before readers can see them.
         *
         * @param indexes the indexes of the shard's entries, both stored and rejected
         * @param outcomes the outcomes by entry
         */
        void appended(List<Integer> indexes, PutOutcome[] outcomes);
    }
}
