/** Events that functions receive again, past their event source mappings. */
@NullMarked
package dev.ingestkit.local.mapping.replay;

import org.jspecify.annotations.NullMarked;
