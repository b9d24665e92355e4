/** ingest-cli: brings the pipeline up, sends events, reads the table, shows, redrives and drains dead letters. */
@NullMarked
package dev.ingestkit.cli;

import org.jspecify.annotations.NullMarked;
