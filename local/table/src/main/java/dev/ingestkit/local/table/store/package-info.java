/** Named ordered maps of bytes, in memory or in one file, changed by atomic batches. Knows nothing of tables. */
@NullMarked
package dev.ingestkit.local.table.store;

import org.jspecify.annotations.NullMarked;
