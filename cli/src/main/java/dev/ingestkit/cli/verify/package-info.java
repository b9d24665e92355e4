/** Proof that no event was lost: a ledger of accepted events, compared with the table and the dead letter queue. */
@NullMarked
package dev.ingestkit.cli.verify;

import org.jspecify.annotations.NullMarked;
