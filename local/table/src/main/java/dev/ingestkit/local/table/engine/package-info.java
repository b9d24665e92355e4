/** Tables and the item actions on them: keys, indexes, batches, transactions, time to live, stream records. */
@NullMarked
package dev.ingestkit.local.table.engine;

import org.jspecify.annotations.NullMarked;
