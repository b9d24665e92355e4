package dev.ingestkit.local.gateway.authorizer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Keeps an authorizer's answers by identity, each for its time to live. Bounded: the least recently used answer is
 * dropped first. Requests with the same unknown identity share one invocation, where AWS may make several; the result
 * of a failed invocation is not kept. Thread-safe.
 *
 * @param <T> the answers
 */
public final class AuthorizerCache<T> {

    private static final int CAPACITY = 10_000;

    private record Known<T>(T decision, Instant until) {}

    private final Duration ttl;
    private final Clock clock;
    private final Map<List<String>, Known<T>> entries;
    private final Map<List<String>, CompletableFuture<T>> running = new HashMap<>();

    public AuthorizerCache(Duration ttl, Clock clock) {
        this.ttl = ttl;
        this.clock = clock;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, Known<T>> eldest) {
                return size() > CAPACITY;
            }
        };
    }

    /** Returns the cached answer, or that of the invocation in flight, or that of a new one. */
    public CompletableFuture<T> get(List<String> identity, Supplier<CompletableFuture<T>> invocation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (this) {
            Known<T> entry = entries.get(identity);
            if (entry != null && clock.instant().isBefore(entry.until())) {
                return CompletableFuture.completedFuture(entry.decision());
            }
            CompletableFuture<T> other = running.putIfAbsent(identity, answer);
            if (other != null) {
                return other;
            }
        }
        // Outside the lock: the invocation may complete on this very thread.
        return start(invocation).whenComplete((decision, failure) -> {
            end(identity, decision, failure);
            if (failure == null) {
                answer.complete(decision);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }

    private static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> invocation) {
        try {
            return invocation.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private synchronized void end(
            List<String> identity,
            @org.jspecify.annotations.Nullable T decision,
            @org.jspecify.annotations.Nullable Throwable failure) {
        running.remove(identity);
        if (failure == null && decision != null) {
            entries.put(identity, new Known<>(decision, clock.instant().plus(ttl)));
        }
    }
}
