/**
 * The interface of the engine without JSON: definitions of tables, actions, requests, results, listeners. Records are
 * immutable; the interfaces say which implementations are thread-safe.
 */
@NullMarked
package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.NullMarked;
