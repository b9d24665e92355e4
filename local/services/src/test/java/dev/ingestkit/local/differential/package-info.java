/** The same calls against the runtime's services and against others, by AWS's own clients. */
@NullMarked
package dev.ingestkit.local.differential;

import org.jspecify.annotations.NullMarked;
