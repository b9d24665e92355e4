package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableListener.ItemEvent;
import dev.ingestkit.local.table.engine.TableListener.Outcome;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.item.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item before and after a write, with what that means for indexes, expiries and capacity. Immutable. */
final class ItemChange {
    private final PendingWrite write;
    private final @Nullable Item before;
    private final @Nullable Item after;
    private final boolean changed;
    private final int sizeBefore;
    private final int sizeAfter;
    private final List<IndexChange> indexes;

    /** An index entry before and after; null keys if the item has no entry. */
    private record IndexChange(
            Index index,
            byte @Nullable [] keyBefore,
            @Nullable Item before,
            byte @Nullable [] keyAfter,
            @Nullable Item after) {

        boolean isSame() {
            return Arrays.equals(keyBefore, keyAfter) && (before == null || before.equals(after));
        }

        int sizeBefore() {
            return before == null ? 0 : before.size();
        }

        int sizeAfter() {
            return after == null ? 0 : after.size();
        }

        double units() {
            if (isSame()) {
                return 0;
            }
            if (Arrays.equals(keyBefore, keyAfter)) {
                return Capacity.write(Math.max(sizeBefore(), sizeAfter()));
            }
            return (before == null ? 0 : Capacity.write(sizeBefore()))
                    + (after == null ? 0 : Capacity.write(sizeAfter()));
        }
    }

    ItemChange(PendingWrite write, @Nullable Item before, @Nullable Item after) {
        this.write = write;
        this.before = before;
        this.after = after;
        this.changed = before == null ? after != null : !before.equals(after);
        this.sizeBefore = before == null ? 0 : before.size();
        this.sizeAfter = after == null ? 0 : after.size();
        this.indexes = changed && !table().indexes().isEmpty() ? indexChanges() : List.of();
    }

    private List<IndexChange> indexChanges() {
        List<IndexChange> changes = new ArrayList<>();
        for (Index index : table().indexes()) {
            byte[] keyBefore = before == null ? null : index.entryKey(before, write.key());
            byte[] keyAfter = after == null ? null : index.entryKey(after, write.key());
            Item entryBefore = before == null || keyBefore == null ? null : index.project(before);
            Item entryAfter = after == null || keyAfter == null ? null : index.project(after);
            changes.add(new IndexChange(index, keyBefore, entryBefore, keyAfter, entryAfter));
        }
        return changes;
    }

    /** Returns the size of the item that is stored; 0 for a deletion and for a check. */
    int written() {
        return write.request() instanceof WriteRequest.Check ? 0 : sizeAfter;
    }

    Table table() {
        return write.table();
    }

    PendingWrite write() {
        return write;
    }

    @Nullable
    Item before() {
        return before;
    }

    @Nullable
    Item after() {
        return after;
    }

    boolean isChanged() {
        return changed;
    }

    /** Adds all changes of the store, but for the stream's, to the batch. */
    void addTo(Batch batch) {
        if (!changed) {
            return;
        }
        Table table = table();
        if (after == null) {
            batch.remove(table.items(), write.key());
        } else {
            batch.put(table.items(), write.key(), after.encoded());
        }
        for (IndexChange change : indexes) {
            addTo(batch, change);
        }
        String ttl = table.definition().ttlAttribute();
        if (ttl != null) {
            byte[] old = before == null ? null : Expiry.entry(ttl, before, write.key());
            byte[] now = after == null ? null : Expiry.entry(ttl, after, write.key());
            if (old != null && !Arrays.equals(old, now)) {
                batch.remove(table.expiries(), old);
            }
            if (now != null) {
                batch.put(table.expiries(), now, Expiry.NOTHING);
            }
        }
    }

    private static void addTo(Batch batch, IndexChange change) {
        byte[] keyBefore = change.keyBefore();
        byte[] keyAfter = change.keyAfter();
        Item entry = change.after();
        if (keyBefore != null && !Arrays.equals(keyBefore, keyAfter)) {
            batch.remove(change.index().map(), keyBefore);
        }
        if (keyAfter != null && entry != null && !change.isSame()) {
            batch.put(change.index().map(), keyAfter, entry.encoded());
        }
    }

    /** Counts the change in the volumes of table and indexes, once it is stored. */
    void count() {
        if (changed) {
            table().volume().add(sizeAfter - sizeBefore);
            for (IndexChange change : indexes) {
                change.index().volume().add(change.sizeAfter() - change.sizeBefore());
            }
        }
    }

    /** Returns the write units; a transaction's writes cost twice. */
    Consumed consumed(int factor) {
        Consumed consumed = new Consumed(table().name(), false);
        consumed.addTable(factor * Capacity.write(Math.max(sizeBefore, sizeAfter)));
        for (IndexChange change : indexes) {
            double units = change.units();
            if (units > 0) {
                consumed.addIndex(change.index().definition(), factor * units);
            }
        }
        return consumed;
    }

    /** Returns the stream record of the change under the view. */
    StreamRecord record(long position, Instant time, StreamView view, boolean byService) {
        boolean old = view == StreamView.OLD_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
        boolean now = view == StreamView.NEW_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
        StreamRecord.Kind kind = before == null
                ? StreamRecord.Kind.INSERT
                : after == null ? StreamRecord.Kind.REMOVE : StreamRecord.Kind.MODIFY;
        return new StreamRecord(
                position, time, kind, write.keyItem(), old ? before : null, now ? after : null, byService);
    }

    /** Returns the change as listeners receive it. */
    ItemEvent event() {
        Outcome outcome = after != null ? Outcome.STORED : before != null ? Outcome.DELETED : Outcome.ABSENT;
        String action = write.request().context().action();
        return new ItemEvent(table().name(), action, outcome, changed, write.keyItem(), before, after);
    }
}
