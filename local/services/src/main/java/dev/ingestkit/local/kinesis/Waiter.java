package dev.ingestkit.local.kinesis;

import java.util.concurrent.CompletableFuture;

/** One reader's wish to be told of the next record, told apart by identity. */
final class Waiter {

    private final CompletableFuture<Void> woken = new CompletableFuture<>();

    /** Completes when there is something to read, or nothing will ever be. */
    CompletableFuture<Void> woken() {
        return woken;
    }

    void wake() {
        woken.complete(null);
    }
}
