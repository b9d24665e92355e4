package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.error.TableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The client request tokens of the last ten minutes, stored with their effects. Thread-safe. */
final class TokenMemory {
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final String TOKENS = "tokens";
    private static final String BY_TIME = "tokens-by-time";
    private static final int MAX_FORGOTTEN_AT_ONCE = 16;
    private static final int LOCKS = 64;

    private final Store store;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    TokenMemory(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        Arrays.setAll(locks, i -> new ReentrantLock());
    }

    /** Runs the guarded action while no other request with the token runs. */
    <T> T guard(IdempotencyToken token, Supplier<T> guarded) {
        ReentrantLock lock = locks[token.token().hashCode() & (LOCKS - 1)];
        lock.lock();
        try {
            return guarded.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether the token was used for the same request in the last ten minutes.
     *
     * @throws TableException IdempotentParameterMismatchException if it was used for another one
     */
    boolean isRepeated(IdempotencyToken token) {
        byte[] used = store.map(TOKENS).get(key(token));
        if (used == null || time(used) < oldest()) {
            return false;
        }
        String fingerprint = new String(used, 8, used.length - 8, StandardCharsets.UTF_8);
        if (!fingerprint.equals(token.fingerprint())) {
            throw TableException.of(
                    "IdempotentParameterMismatchException",
                    "Request parameters do not match those of the earlier request with the same client request token");
        }
        return true;
    }

    /** Adds the token to the batch that does its request, and removes a few that are too old. */
    void remember(IdempotencyToken token, Batch batch) {
        ByteCursor old = store.map(BY_TIME).range(null, time(oldest(), new byte[0]), true);
        for (int i = 0; i < MAX_FORGOTTEN_AT_ONCE && old.next(); i++) {
            byte[] name = Arrays.copyOfRange(old.key(), 8, old.key().length);
            byte[] used = store.map(TOKENS).get(name);
            if (used != null && time(used) == time(old.key())) {
                batch.remove(TOKENS, name);
            }
            batch.remove(BY_TIME, old.key());
        }
        long now = clock.instant().toEpochMilli();
        batch.put(TOKENS, key(token), time(now, token.fingerprint().getBytes(StandardCharsets.UTF_8)));
        batch.put(BY_TIME, time(now, key(token)), Expiry.NOTHING);
    }

    private long oldest() {
        return clock.instant().minus(MEMORY).toEpochMilli();
    }

    private static byte[] key(IdempotencyToken token) {
        return token.token().getBytes(StandardCharsets.UTF_8);
    }

    private static long time(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    private static byte[] time(long time, byte[] rest) {
        return ByteBuffer.allocate(8 + rest.length).putLong(time).put(rest).array();
    }
}
