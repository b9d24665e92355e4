package dev.ingestkit.local.kinesis;

/** Keeps what happens to one shard's records. Called under the shard's lock, except for {@link #afterWritten}. */
interface ShardStorage {

    /** Keeps nothing: the records end with the process. */
    ShardStorage NONE = new ShardStorage() {
        @Override
        public void appended(RecordLog log, long from) {
            // Nothing is kept.
        }

        @Override
        public void trimmed(RecordLog log, long from) {
            // Nothing is kept.
        }

        @Override
        public void afterWritten(Runnable action) {
            action.run();
        }
    };

    /** Keeps the records from a position to the log's end, all or none. */
    void appended(RecordLog log, long from);

    /** Forgets the records from a position to the log's first one. */
    void trimmed(RecordLog log, long from);

    /** Receives a log that was filled with an earlier process's records. */
    default void restored(RecordLog log) {}

    /** Returns the position behind the last record that a view of the store has; 0 if its maps have the records. */
    default long frozenEnd() {
        return 0;
    }

    /** Runs an action once everything kept so far survives the end of the process. */
    void afterWritten(Runnable action);
}
