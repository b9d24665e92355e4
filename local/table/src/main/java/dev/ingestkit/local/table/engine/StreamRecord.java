package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an item, as its stream reports it.
 *
 * @param sequence the position in the stream's shards, rising
 * @param oldImage the item before, where the view has it and there was one
 * @param newImage the item after, where the view has it and there is one
 * @param byService whether DynamoDB itself made the change, by TTL
 */
public record StreamRecord(
        long sequence,
        Instant time,
        Kind kind,
        Item keys,
        @Nullable Item oldImage,
        @Nullable Item newImage,
        boolean byService) {

    /** The eventName of a record. */
    public enum Kind {
        /** An item was created. */
        INSERT,
        /** An item was changed. */
        MODIFY,
        /** An item was deleted. */
        REMOVE
    }

    /** Returns SizeBytes: the size of keys and images. */
    public int size() {
        return keys.size() + (oldImage == null ? 0 : oldImage.size()) + (newImage == null ? 0 : newImage.size());
    }
}
