/** The embedded runtime: a SAM template's ingestion pipeline in one process, on one port, with AWS's wire protocols. */
@NullMarked
package dev.ingestkit.local;

import org.jspecify.annotations.NullMarked;
