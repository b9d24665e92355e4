package dev.ingestkit.local.events;

/**
 * A rate limit with a burst: tokens are refilled at a steady rate up to a capacity, which is full at the start. A
 * request larger than the capacity passes when the bucket is full and leaves it in debt, so that the rate holds over
 * time. Time that runs backwards adds no tokens. Thread-safe.
 */
public final class TokenBucket {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private long refilledMillis = Long.MIN_VALUE;

    /** Creates a bucket that holds one second's worth of tokens. */
    public TokenBucket(double perSecond) {
        this(perSecond, perSecond);
    }

    /**
     * Creates a bucket.
     *
     * @param perSecond tokens refilled in a second, 0 or more; infinite for no limit
     * @param capacity the burst, 0 or more
     */
    public TokenBucket(double perSecond, double capacity) {
        if (!(perSecond >= 0 && capacity >= 0)) {
            throw new IllegalArgumentException("rate and capacity must be 0 or more: " + perSecond + ", " + capacity);
        }
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.tokens = capacity;
    }

    /** Takes tokens if there are enough; otherwise takes none and returns false. */
    public synchronized boolean tryTake(long amount, long nowMillis) {
        boolean taken = has(amount, nowMillis);
        if (taken) {
            take(amount);
        }
        return taken;
    }

    /** Returns whether that many tokens are available now. */
    public synchronized boolean has(long amount, long nowMillis) {
        if (refilledMillis != Long.MIN_VALUE && nowMillis > refilledMillis) {
            tokens = Math.min(capacity, tokens + (nowMillis - refilledMillis) * perSecond / MILLIS_PER_SECOND);
        }
        refilledMillis = Math.max(refilledMillis, nowMillis);
        // An unlimited bucket never runs dry, even if the clock has not moved.
        return Double.isInfinite(perSecond) ? amount <= capacity : tokens >= Math.min((double) amount, capacity);
    }

    /** Takes tokens even if there are too few: the shortage is a debt that later requests wait for. */
    public synchronized void take(long amount) {
        tokens -= amount;
    }
}
