/** Sends many events while faults are injected, and accounts for each event. */
@NullMarked
package dev.ingestkit.proof.soak;

import org.jspecify.annotations.NullMarked;
