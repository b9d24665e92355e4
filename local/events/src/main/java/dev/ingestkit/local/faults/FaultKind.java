package dev.ingestkit.local.faults;

/** What a fault does where it strikes. */
public enum FaultKind {
    /** The stage's throttling error. */
    THROTTLE,
    /** The stage's internal error; nothing was done. */
    ERROR,
    /** No answer until the caller gives up. */
    TIMEOUT,
    /** The right answer, later. */
    DELAY,
    /** The function's JVM ends in the middle of an invocation. */
    CRASH,
    /** The work is done twice, one answer is given. */
    DUPLICATE,
    /** The work is done, the connection ends before the answer. */
    DROP;

    /** The spelling in a fault specification. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
