package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.ValueType;

/** One attribute of a primary or index key: its name and its type, which is S, N or B. */
public record KeyAttribute(String name, ValueType type) {}
