package dev.ingestkit.local.template.resource;

/** What a local run does with a type of resource. */
public enum Support {
    /** It runs. */
    RUN,
    /** It has no effect that a local run could show: permissions, alarms, log groups. */
    ACCEPTED,
    /** It would have an effect and has none here: worth a warning. */
    NOT_RUN
}
