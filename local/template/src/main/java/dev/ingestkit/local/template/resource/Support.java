package dev.ingestkit.local.template.resource;

/** The support for a type of resource in a local run. */
public enum Support {
    /** The resource runs. */
    RUN,
    /** The resource has no effect that a local run could show: permissions, alarms, log groups. */
    ACCEPTED,
    /** The resource would have an effect and has none here, which is worth a warning. */
    NOT_RUN
}
