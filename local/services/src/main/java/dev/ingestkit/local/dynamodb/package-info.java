/**
 * DynamoDB and its streams behind the common port, executed by the engine of {@code dev.ingestkit.local.table}. Faults,
 * journal entries and template properties are handled here; the engine is independent of them.
 */
@NullMarked
package dev.ingestkit.local.dynamodb;

import org.jspecify.annotations.NullMarked;
