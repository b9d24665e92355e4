/** Time as tests set it. */
@NullMarked
package dev.ingestkit.local.time;

import org.jspecify.annotations.NullMarked;
