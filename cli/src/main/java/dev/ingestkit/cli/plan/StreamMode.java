package dev.ingestkit.cli.plan;

/** The capacity modes of a stream, as in the template's StreamMode. */
public enum StreamMode {
    PROVISIONED,
    ON_DEMAND
}
