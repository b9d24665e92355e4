package dev.ingestkit.local.kinesis;

/** A stream's status as the API spells it. */
enum StreamStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING
}
