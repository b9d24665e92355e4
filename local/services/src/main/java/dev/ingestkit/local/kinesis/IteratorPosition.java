package dev.ingestkit.local.kinesis;

import java.time.Instant;

/** Where in a shard a reader begins. */
public sealed interface IteratorPosition {

    /** The oldest retained record. */
    record TrimHorizon() implements IteratorPosition {}

    /** The first record put from now on. */
    record Latest() implements IteratorPosition {}

    /** The first record that arrived then or later. */
    record AtTimestamp(Instant from) implements IteratorPosition {}

    /** The record with the number; the oldest retained one if it has expired. */
    record AtSequenceNumber(String sequenceNumber) implements IteratorPosition {}

    /** The record after the one with the number; the oldest retained one if that has expired. */
    record AfterSequenceNumber(String sequenceNumber) implements IteratorPosition {}
}
