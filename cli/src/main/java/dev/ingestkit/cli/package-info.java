/** The entry point of ingest-cli, its command tree and its help layout. */
@NullMarked
package dev.ingestkit.cli;

import org.jspecify.annotations.NullMarked;
