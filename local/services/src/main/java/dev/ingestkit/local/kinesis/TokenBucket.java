package dev.ingestkit.local.kinesis;

/**
 * A rate with a burst of one second's worth. A request larger than the burst passes when the bucket is full and leaves
 * it in debt, so that the rate holds over time. Not thread-safe: {@link ShardQuota} guards it.
 */
final class TokenBucket {

    private final double perMilli;
    private final double capacity;
    private double tokens;
    private long refilledMillis;

    /**
     * @param perSecond above 0
     */
    TokenBucket(double perSecond) {
        this.perMilli = perSecond / 1000;
        this.capacity = perSecond;
        this.tokens = perSecond;
        this.refilledMillis = Long.MIN_VALUE;
    }

    boolean has(long amount, long nowMillis) {
        if (refilledMillis != Long.MIN_VALUE && nowMillis > refilledMillis) {
            tokens = Math.min(capacity, tokens + (nowMillis - refilledMillis) * perMilli);
        }
        refilledMillis = Math.max(refilledMillis, nowMillis);
        return tokens >= Math.min((double) amount, capacity);
    }

    void take(long amount) {
        tokens -= amount;
    }
}
