package dev.ingestkit.local.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One event with its number and time.
 *
 * @param number counts from 1 without gaps, in the order of appending
 * @param at when it was appended
 */
public record JournalEntry(long number, Instant at, JournalEvent event) {

    public JournalEntry {
        requireNonNull(at, "at");
        requireNonNull(event, "event");
    }
}
