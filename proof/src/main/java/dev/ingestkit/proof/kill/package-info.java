/** Kills a runtime with a data directory again and again, and closes the ledger of everything it has acknowledged. */
@NullMarked
package dev.ingestkit.proof.kill;

import org.jspecify.annotations.NullMarked;
