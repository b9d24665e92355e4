/** The runtime's own API under {@code /_ingest}: status, journal, faults, shutdown. What the tool and a console read. */
@NullMarked
package dev.ingestkit.local.control;

import org.jspecify.annotations.NullMarked;
