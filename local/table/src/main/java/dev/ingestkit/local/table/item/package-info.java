/**
 * Attribute values, items, numbers and keys as compact bytes, read from and written to JSON by streaming. Values, items
 * and numbers are immutable; readers, writers and cursors belong to one thread.
 */
@NullMarked
package dev.ingestkit.local.table.item;

import org.jspecify.annotations.NullMarked;
