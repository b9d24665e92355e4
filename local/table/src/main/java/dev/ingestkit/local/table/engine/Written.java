package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/**
 * The result of a write.
 *
 * @param oldItem the item stored before, or null if there was none
 * @param newItem the item stored now, or null if there is none
 */
public record Written(@Nullable Item oldItem, @Nullable Item newItem, Consumed consumed) {}
