package dev.ingestkit.local.events;

/**
 * Computes the times at which work may start to keep a rate; callers do the waiting. Times are
 * in nanoseconds of any clock that does not run backwards. Not thread-safe.
 */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final boolean catchesUp;
    private long origin;
    private long units;

    private Pace(double perSecond, boolean catchesUp, long startNanos) {
        this.perSecond = perSecond;
        this.catchesUp = catchesUp;
        this.origin = startNanos;
    }

    /**
     * Returns a pace on an even grid from the start: a delay is made up for immediately, so that the average rate holds
     * over time.
     *
     * @param perSecond units of work in a second; 0 or less for no limit
     */
    public static Pace catchingUp(double perSecond, long startNanos) {
        return new Pace(perSecond, true, startNanos);
    }

    /**
     * Returns a pace that never exceeds the rate: a delay is not made up for.
     *
     * @param perSecond units of work in a second; 0 or less for no limit
     */
    public static Pace steady(double perSecond, long startNanos) {
        return new Pace(perSecond, false, startNanos);
    }

    /** Returns whether a rate is set. */
    public boolean isLimited() {
        return perSecond > 0;
    }

    /**
     * Reserves the next units of work.
     *
     * @param amount 1 or more
     * @return the time at which they may start; not after now if immediately
     */
    public long reserve(long amount, long nowNanos) {
        if (!isLimited()) {
            return nowNanos;
        }
        long due = origin + (long) (units * NANOS_PER_SECOND / perSecond);
        if (!catchesUp && due < nowNanos) {
            origin = nowNanos;
            units = 0;
            due = nowNanos;
        }
        units += amount;
        return due;
    }
}
