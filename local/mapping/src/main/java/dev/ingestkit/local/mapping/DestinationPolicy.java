package dev.ingestkit.local.mapping;

/** What happens when the on-failure destination cannot be reached. */
public enum DestinationPolicy {
    /**
     * The message is sent again, with back-off, and the shard (or lane) waits: nothing that was accepted is lost
     * because a queue was away for a while.
     */
    RETRY,
    /** The message is lost and the mapping goes on, as AWS does. */
    DROP
}
