package dev.ingestkit.local.kinesis;

/** Who decides how many shards a stream has. */
public enum StreamMode {
    PROVISIONED,
    ON_DEMAND
}
