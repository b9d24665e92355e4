/** Throws hostile input at a runtime's port, and looks whether it stays a clear answer, a live port and bounded memory. */
@NullMarked
package dev.ingestkit.proof.attack;

import org.jspecify.annotations.NullMarked;
