/** The interface of the engine without JSON: definitions of tables, actions, requests, results, listeners. */
@NullMarked
package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.NullMarked;
