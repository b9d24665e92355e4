package dev.ingestkit.local.kinesis;

import java.util.concurrent.CompletableFuture;

/** A reader's pending notification of the next record, compared by identity. Thread-safe. */
final class ShardWaiter {

    private final CompletableFuture<Void> woken = new CompletableFuture<>();

    /** Returns a stage that completes when there is something to read, or nothing will follow. */
    CompletableFuture<Void> woken() {
        return woken;
    }

    void wake() {
        woken.complete(null);
    }
}
