package dev.ingestkit.local.faults;

/** The kinds of faults, by their effect at the stage. {@link FaultInjector} gives each its meaning. */
public enum FaultKind {
    /** The stage's throttling error. */
    THROTTLE,
    /** The stage's internal error; nothing was done. */
    ERROR,
    /** No answer until the caller gives up. */
    TIMEOUT,
    /** The right answer, later. */
    DELAY,
    /** The function's JVM crashes during an invocation. */
    CRASH,
    /** The work is done twice, one answer is given. */
    DUPLICATE,
    /** The work is done, the connection is closed before the answer. */
    DROP;

    /** Says whether a fault of one entry of a batch decides about the answer to all of it. */
    public boolean affectsWholeRequest() {
        return this == TIMEOUT || this == DELAY || this == CRASH || this == DROP;
    }

    /** Returns the spelling in a fault specification. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
