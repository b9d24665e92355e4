package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The positions of one stream. A record's position is taken before it is stored; readers see records up to the first
 * one that is still being stored, so that none appears before a reader's position. Thread-safe.
 */
final class StreamLog {
    private final Identity identity;
    private final TreeSet<Long> pending = new TreeSet<>();
    private volatile List<Waiter> waiting = List.of();
    private long next;
    private long oldest;
    private boolean open;

    StreamLog(TableDefinition table, TableDefinition.StreamDefinition stream, Instant created) {
        this(new Identity(table.name(), stream.label(), stream.view(), table.keys(), created), 1, 1, true);
    }

    /** The fixed properties of a stream. */
    record Identity(String table, String label, StreamView view, KeySchema keys, Instant created) {}

    StreamLog(Identity identity, long oldest, long next, boolean open) {
        this.identity = identity;
        this.oldest = oldest;
        this.next = next;
        this.open = open;
    }

    Identity identity() {
        return identity;
    }

    String key() {
        return key(identity.table(), identity.label());
    }

    static String key(String table, String label) {
        return table + "/" + label;
    }

    /** Returns the name of the store's map of records. */
    String map() {
        return "s/" + key();
    }

    String table() {
        return identity.table();
    }

    String label() {
        return identity.label();
    }

    StreamView view() {
        return identity.view();
    }

    KeySchema keys() {
        return identity.keys();
    }

    Instant created() {
        return identity.created();
    }

    /** A reader that waits for a record at its position or behind it. */
    private record Waiter(long position, CompletableFuture<Void> woken) {}

    /** Takes the next position for a record. */
    synchronized long take() {
        pending.add(next);
        return next++;
    }

    /** Makes the position visible, once its record is stored or has failed. */
    void settle(long position) {
        synchronized (this) {
            pending.remove(position);
        }
        wake();
    }

    /** Completes once the position is visible or the stream has ended, on the thread that wrote the record. */
    CompletableFuture<Void> await(long position) {
        CompletableFuture<Void> woken = new CompletableFuture<>();
        synchronized (this) {
            List<Waiter> others = new ArrayList<>(waiting);
            others.removeIf(waiter -> waiter.woken().isDone());
            others.add(new Waiter(position, woken));
            waiting = others;
        }
        wake();
        return woken;
    }

    private void wake() {
        if (waiting.isEmpty()) {
            return;
        }
        List<Waiter> ready;
        synchronized (this) {
            long end = visibleEnd();
            ready = waiting.stream()
                    .filter(waiter -> !open || waiter.position() < end)
                    .toList();
            if (!ready.isEmpty()) {
                waiting = waiting.stream()
                        .filter(waiter -> !ready.contains(waiter))
                        .toList();
            }
        }
        ready.forEach(waiter -> waiter.woken().complete(null));
    }

    /** Returns the position after the last record that readers may see. */
    synchronized long visibleEnd() {
        return pending.isEmpty() ? next : pending.first();
    }

    synchronized long oldest() {
        return oldest;
    }

    synchronized void trimTo(long position) {
        oldest = Math.max(oldest, position);
    }

    synchronized boolean isOpen() {
        return open;
    }

    void close() {
        synchronized (this) {
            open = false;
        }
        wake();
    }
}
