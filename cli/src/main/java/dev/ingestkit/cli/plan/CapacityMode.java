package dev.ingestkit.cli.plan;

/** The capacity modes of a stream, as the template's parameter StreamMode names them. */
public enum CapacityMode {
    PROVISIONED,
    ON_DEMAND
}
