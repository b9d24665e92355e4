/** Failing batches, saved with what is needed to repeat the failure elsewhere. */
@NullMarked
package dev.ingestkit.local.capsule;

import org.jspecify.annotations.NullMarked;
