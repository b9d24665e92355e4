package dev.ingestkit.cli.plan;

/** Who sees to it that a stream has enough shards; the template's StreamMode. */
public enum StreamMode {
    PROVISIONED,
    ON_DEMAND
}
