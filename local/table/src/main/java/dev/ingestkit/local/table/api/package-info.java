/** DynamoDB's API over the engine: actions by name, JSON in, JSON out. */
@NullMarked
package dev.ingestkit.local.table.api;

import org.jspecify.annotations.NullMarked;
