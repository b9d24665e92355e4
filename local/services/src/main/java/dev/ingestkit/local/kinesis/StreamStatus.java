package dev.ingestkit.local.kinesis;

/** A stream's state as the API spells it. */
enum StreamStatus {
    CREATING,
    ACTIVE,
    UPDATING,
    DELETING
}
