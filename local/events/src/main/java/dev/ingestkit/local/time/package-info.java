/** The time by which everything in a runtime waits: running, frozen, or moved forward. */
@NullMarked
package dev.ingestkit.local.time;

import org.jspecify.annotations.NullMarked;
