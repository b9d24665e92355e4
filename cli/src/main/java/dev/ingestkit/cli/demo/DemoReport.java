package dev.ingestkit.cli.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The result of a demonstration; the components are its JSON form.
 *
 * @param endpoint the endpoint of the pipeline
 * @param kinds the number of fixtures sent
 * @param largestBytes the size of the largest payload
 * @param item one event as read from the table
 * @param deadLetter the first message of the queue; null if it is empty
 * @param secondsToFirstStored seconds from the command's start to the first stored event
 * @param postToStored milliseconds from the post of an event until it was in the table
 */
public record DemoReport(
        String endpoint,
        int kinds,
        @JsonUnwrapped Counts counts,
        int largestBytes,
        @Nullable ItemShown item,
        @Nullable DeadLetterShown deadLetter,
        double secondsToFirstStored,
        Latencies postToStored) {

    /**
     * The account of all events.
     *
     * @param acceptedRecords the number of records put into the stream
     * @param accepted the number of distinct events among them; one was sent twice
     * @param stored the number of event ids in the table
     * @param deadLettered the number of events in the dead letter queue
     * @param lost the number of events in neither
     */
    public record Counts(long acceptedRecords, long accepted, long stored, long deadLettered, long lost) {}

    /** A stored event in the report. */
    public record ItemShown(String id, String arrivedAt, String encoding, int parts, JsonNode event) {}

    /** A dead letter in the report. */
    public record DeadLetterShown(String reason, String text, String shard, String sequenceNumber, String payload) {}

    /** Returns whether every accepted event is stored or dead lettered. */
    public boolean complete() {
        return counts.lost() == 0 && counts.accepted() == counts.stored() + counts.deadLettered();
    }
}
