/** Compression of payloads. */
@NullMarked
package dev.ingestkit.core.gzip;

import org.jspecify.annotations.NullMarked;
