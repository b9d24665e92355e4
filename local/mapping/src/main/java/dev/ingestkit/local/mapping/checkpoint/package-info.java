/** The checkpoints of event source mappings in their streams, and the stores that keep them. */
@NullMarked
package dev.ingestkit.local.mapping.checkpoint;

import org.jspecify.annotations.NullMarked;
