package dev.ingestkit.local.template.resource;

/** The support for a type of resource in a local run. */
public enum Support {
    /** The resource runs. */
    RUN,
    /** The resource has no visible effect in a local run: permissions, alarms, log groups. */
    ACCEPTED,
    /** The resource has an effect on AWS and none here, which is worth a warning. */
    NOT_RUN
}
