/** Runs the same calls, through AWS's own clients, against the runtime's services and against other emulators. */
@NullMarked
package dev.ingestkit.local.differential;

import org.jspecify.annotations.NullMarked;
