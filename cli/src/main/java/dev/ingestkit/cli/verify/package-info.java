/** Proves that nothing was lost: what a ledger says was accepted, against what table and dead letter queue hold. */
@NullMarked
package dev.ingestkit.cli.verify;

import org.jspecify.annotations.NullMarked;
