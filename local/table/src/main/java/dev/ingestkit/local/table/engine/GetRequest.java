package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;

/** A read of one item by its key. */
public record GetRequest(String table, Item key, boolean consistent) {}
