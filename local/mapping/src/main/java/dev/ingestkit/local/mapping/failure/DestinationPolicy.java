package dev.ingestkit.local.mapping.failure;

/** The policy for on-failure messages while their destination cannot be reached. */
public enum DestinationPolicy {
    /**
     * The message is retried with back-off, and the shard (or lane) waits: no accepted event is lost
     * because a queue was unavailable for a while.
     */
    RETRY,
    /** The message is lost and the mapping continues, as on AWS. */
    DROP
}
