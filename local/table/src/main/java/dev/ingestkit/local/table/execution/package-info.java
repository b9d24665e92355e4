/**
 * Executes the actions on tables and items over a store: keys, indexes, transactions, time to live, streams. {@link
 * dev.ingestkit.local.table.execution.Engine} is thread-safe and starts no threads.
 */
@NullMarked
package dev.ingestkit.local.table.execution;

import org.jspecify.annotations.NullMarked;
