package dev.ingestkit.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What the demonstration has shown; the components are its JSON form.
 *
 * @param endpoint where it ran
 * @param kinds how many kinds of events were sent
 * @param acceptedRecords how many records the stream took
 * @param accepted how many different events they are: one was sent twice
 * @param stored how many event ids the table holds
 * @param deadLettered how many events the queue's messages stand for
 * @param lost events that are in neither
 * @param largestBytes the largest payload
 * @param item one event as it was read back from the table
 * @param deadLetter the queue's first message; null if there is none
 * @param secondsToFirstStored from the command's start
 * @param postToStored from an event's POST until it was in the table, in milliseconds
 */
public record DemoReport(
        String endpoint,
        int kinds,
        long acceptedRecords,
        long accepted,
        long stored,
        long deadLettered,
        long lost,
        int largestBytes,
        @Nullable ItemShown item,
        @Nullable DeadLetterShown deadLetter,
        double secondsToFirstStored,
        Latencies postToStored) {

    /** An event in the table. */
    public record ItemShown(String id, String arrivedAt, String encoding, int parts, JsonNode event) {}

    /** A message of the dead letter queue. */
    public record DeadLetterShown(String reason, String text, String shard, String sequenceNumber, String payload) {}

    /** Whether every accepted event is stored or dead lettered. */
    public boolean complete() {
        return lost == 0 && accepted == stored + deadLettered;
    }
}
