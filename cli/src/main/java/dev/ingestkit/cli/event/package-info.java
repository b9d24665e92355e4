/** Stored events: read from the table by id or by a scan, and assembled from their parts. */
@NullMarked
package dev.ingestkit.cli.event;

import org.jspecify.annotations.NullMarked;
