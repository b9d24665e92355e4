/** The event source mapping: batches, retries, bisect, partial failures, checkpoints, on-failure destination. */
@NullMarked
package dev.ingestkit.local.mapping;

import org.jspecify.annotations.NullMarked;
