package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import org.jspecify.annotations.Nullable;

/** The whole item that a read has found, or null if none is stored. */
public record Got(@Nullable Item item, Consumed consumed) {}
