package dev.ingestkit.local.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** API Gateway's throttle: so many requests at once, refilled at a steady rate. Thread-safe. */
final class TokenBucket {

    private final double ratePerSecond;
    private final double capacity;
    private final Clock clock;
    private double tokens;
    private Instant filledAt;

    /**
     * @param ratePerSecond refill; negative for no limit
     * @param burst capacity; negative for as much as a second's rate
     */
    TokenBucket(double ratePerSecond, int burst, Clock clock) {
        this.ratePerSecond = ratePerSecond < 0 ? Double.POSITIVE_INFINITY : ratePerSecond;
        this.capacity = burst >= 0 ? burst : Math.max(1, Math.ceil(this.ratePerSecond));
        this.clock = clock;
        this.tokens = capacity;
        this.filledAt = clock.instant();
    }

    /** Takes one token if there is one. */
    synchronized boolean take() {
        Instant now = clock.instant();
        double seconds = Math.max(0, Duration.between(filledAt, now).toNanos()) / 1e9;
        filledAt = now;
        // Infinity times zero is no number: an unlimited rate is full at once.
        double refill = Double.isInfinite(ratePerSecond) ? capacity : seconds * ratePerSecond;
        tokens = Math.min(capacity, tokens + refill);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
