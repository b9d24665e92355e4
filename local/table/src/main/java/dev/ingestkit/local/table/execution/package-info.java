/** Executes the actions on tables and items over a store: keys, indexes, transactions, time to live, streams. */
@NullMarked
package dev.ingestkit.local.table.execution;

import org.jspecify.annotations.NullMarked;
