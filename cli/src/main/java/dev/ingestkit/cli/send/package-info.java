/** Sending of events to the API: read from any input, named, paced, retried, counted, and recorded in a ledger. */
@NullMarked
package dev.ingestkit.cli.send;

import org.jspecify.annotations.NullMarked;
