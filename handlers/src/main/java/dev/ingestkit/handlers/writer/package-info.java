/**
 * The function that stores each event of the stream in the table.
 *
 * <p>Delivery is at least once, and every write is conditional, so a redelivery changes nothing. Events of one id are
 * written in order, different ids in parallel. A transient failure stops its id and is reported; an event that can
 * never be stored is parked in the dead letter queue with its payload.
 */
@NullMarked
package dev.ingestkit.handlers.writer;

import org.jspecify.annotations.NullMarked;
