package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import java.time.Instant;
import java.util.TreeSet;

/**
 * The positions of one stream. A record's position is taken before it is stored; readers see records up to the first
 * one that is still being stored, so that none appears before a reader's position. Thread-safe.
 */
final class StreamLog {
    private final String table;
    private final String label;
    private final StreamView view;
    private final KeySchema keys;
    private final Instant created;
    private final TreeSet<Long> pending = new TreeSet<>();
    private long next;
    private long oldest;
    private boolean open;

    StreamLog(TableDefinition table, TableDefinition.StreamDefinition stream, Instant created) {
        this(new Identity(table.name(), stream.label(), stream.view(), table.keys(), created), 1, 1, true);
    }

    /** The fixed properties of a stream. */
    record Identity(String table, String label, StreamView view, KeySchema keys, Instant created) {}

    StreamLog(Identity identity, long oldest, long next, boolean open) {
        this.table = identity.table();
        this.label = identity.label();
        this.view = identity.view();
        this.keys = identity.keys();
        this.created = identity.created();
        this.oldest = oldest;
        this.next = next;
        this.open = open;
    }

    String key() {
        return key(table, label);
    }

    static String key(String table, String label) {
        return table + "/" + label;
    }

    /** Returns the name of the store's map of records. */
    String map() {
        return "s/" + key();
    }

    String table() {
        return table;
    }

    String label() {
        return label;
    }

    StreamView view() {
        return view;
    }

    KeySchema keys() {
        return keys;
    }

    Instant created() {
        return created;
    }

    /** Takes the next position for a record. */
    synchronized long take() {
        pending.add(next);
        return next++;
    }

    /** Makes the position visible, once its record is stored or has failed. */
    synchronized void settle(long position) {
        pending.remove(position);
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

    synchronized void close() {
        open = false;
    }
}
