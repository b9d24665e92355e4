/**
 * Named ordered maps of bytes, in memory or in a directory, changed by atomic batches. Knows nothing of the services.
 */
@NullMarked
package dev.ingestkit.local.store;

import org.jspecify.annotations.NullMarked;
