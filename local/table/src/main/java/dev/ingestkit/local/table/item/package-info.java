/** Attribute values, items, numbers and keys as compact bytes, read from and written to JSON by streaming. */
@NullMarked
package dev.ingestkit.local.table.item;

import org.jspecify.annotations.NullMarked;
