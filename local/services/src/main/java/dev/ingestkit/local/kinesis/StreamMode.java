package dev.ingestkit.local.kinesis;

/** The capacity mode: who decides the number of a stream's shards. */
public enum StreamMode {
    PROVISIONED,
    ON_DEMAND
}
