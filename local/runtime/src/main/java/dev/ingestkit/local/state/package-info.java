/**
 * The state of a runtime as a whole: in memory or in a data directory, saved under names, and replaced. Internal. Knows
 * the store and no service.
 */
@NullMarked
package dev.ingestkit.local.state;

import org.jspecify.annotations.NullMarked;
