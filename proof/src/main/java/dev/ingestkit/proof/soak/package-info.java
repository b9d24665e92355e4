/** Sends many events while faults strike, and accounts for each of them. */
@NullMarked
package dev.ingestkit.proof.soak;

import org.jspecify.annotations.NullMarked;
