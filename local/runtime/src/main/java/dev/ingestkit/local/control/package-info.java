/**
 * The runtime's own API under {@code /_ingest/}: status, journal, faults, shutdown, read by the tool and the console.
 * {@link dev.ingestkit.local.control.ControlApi} answers, {@link dev.ingestkit.local.control.RuntimeStatus} reads the
 * state. Internal. Thread-safe; nothing in it blocks.
 */
@NullMarked
package dev.ingestkit.local.control;

import org.jspecify.annotations.NullMarked;
