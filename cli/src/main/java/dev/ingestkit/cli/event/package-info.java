/** Events as they lie in the table: read by id or by a scan, put together from their parts. */
@NullMarked
package dev.ingestkit.cli.event;

import org.jspecify.annotations.NullMarked;
