package dev.ingestkit.local.faults;

/** The kinds of faults, by their effect at the stage. {@link FaultInjector} implements them. */
public enum FaultKind {
    /** The stage's throttling error. */
    THROTTLE,
    /** The stage's internal error; the work is not done. */
    ERROR,
    /** No answer; the caller times out. */
    TIMEOUT,
    /** The normal answer, delayed. */
    DELAY,
    /** The function's JVM crashes during an invocation. */
    CRASH,
    /** The work is done twice and answered once. */
    DUPLICATE,
    /** The work is done, but the connection is closed before the answer. */
    DROP;

    /** Returns whether a fault of one entry of a batch applies to the answer for the whole batch. */
    public boolean affectsWholeRequest() {
        return switch (this) {
            case TIMEOUT, DELAY, CRASH, DROP -> true;
            case THROTTLE, ERROR, DUPLICATE -> false;
        };
    }

    /** Returns the spelling in a fault specification. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
