/** Time that everything in a runtime waits by: it runs, stands still, or is moved forward. */
@NullMarked
package dev.ingestkit.local.time;

import org.jspecify.annotations.NullMarked;
