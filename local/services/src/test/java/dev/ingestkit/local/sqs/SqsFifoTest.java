package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Covers order, groups and deduplication. */
final class SqsFifoTest {

    private final SqsCalls sqs = new SqsCalls();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void groupsKeepTheirOrderAndWaitForMessagesInFlight() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        sqs.sendFifo(queue, "a1", "a", "1");
        sqs.sendFifo(queue, "a2", "a", "2");
        sqs.sendFifo(queue, "b1", "b", "3");

        JsonNode first = sqs.call("ReceiveMessage", "{'QueueUrl':'%s'}".formatted(queue))
                .path("Messages")
                .path(0);
        assertThat(first.path("Body").asText()).isEqualTo("a1");
        assertThat(sqs.bodies(queue)).as("group a waits").containsExactly("b1");
        sqs.delete(queue, first);
        assertThat(sqs.bodies(queue)).containsExactly("a2");

        sqs.clock.advance(Duration.ofSeconds(30));
        assertThat(sqs.bodies(queue)).containsExactly("a2", "b1");
        sqs.assertError(
                "InvalidParameterValueException",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'x','MessageGroupId':'g'}".formatted(queue));
        sqs.assertError(
                "MissingRequiredParameterException",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'x'}".formatted(queue));
    }

    @Test
    void aDuplicateEntersTheQueueOnceInTheJournalToo() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        String first = sqs.sendFifo(queue, "one", "g", "d").path("MessageId").asText();
        sqs.sendFifo(queue, "other", "g", "d");
        SqsCalls.join(sqs.start(
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'parked','MessageGroupId':'g','MessageDeduplicationId':'d'}"
                        .formatted(queue),
                Map.of("x-amzn-trace-id", List.of("Root=known"))));

        assertThat(sqs.journal.after(0, 10))
                .extracting(JournalEntry::event)
                .containsExactly(
                        new JournalEvent.Queued("q.fifo", first, 3, null, List.of()),
                        new JournalEvent.Parked("request-7", "writer", "q.fifo", first, 6, List.of()));
    }

    @Test
    void duplicatesAreDroppedForFiveMinutes() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        JsonNode first = sqs.sendFifo(queue, "one", "g", "d");
        JsonNode again = sqs.sendFifo(queue, "other", "h", "d");

        assertThat(again.path("MessageId")).isEqualTo(first.path("MessageId"));
        assertThat(again.path("SequenceNumber")).isEqualTo(first.path("SequenceNumber"));
        assertThat(sqs.bodies(queue)).containsExactly("one");
        sqs.clock.advance(Duration.ofMinutes(5));
        assertThat(sqs.sendFifo(queue, "later", "g", "d").path("MessageId")).isNotEqualTo(first.path("MessageId"));
        assertThat(first.path("SequenceNumber").asText()).hasSize(20);
    }

    @Test
    void deduplicationIsByContentOrByGroup() {
        String queue = sqs.create(
                "q.fifo",
                "'FifoQueue':'true','ContentBasedDeduplication':'true','DeduplicationScope':'messageGroup',"
                        + "'FifoThroughputLimit':'perMessageGroupId'");
        for (String group : List.of("a", "a", "b")) {
            sqs.call(
                    "SendMessage",
                    "{'QueueUrl':'%s','MessageBody':'same','MessageGroupId':'%s'}".formatted(queue, group));
        }

        assertThat(sqs.bodies(queue)).containsExactly("same", "same");
    }

    @Test
    void receiveAttemptIdsAreRejected() {
        String fifo = sqs.create("q.fifo", "'FifoQueue':'true'");
        sqs.sendFifo(fifo, "one", "g", "1");

        sqs.assertError(
                "NotImplementedException",
                "ReceiveMessage",
                "{'QueueUrl':'%s','ReceiveRequestAttemptId':'a'}".formatted(fifo));
        assertThat(sqs.bodies(fifo)).containsExactly("one");
        sqs.assertError(
                "InvalidParameterValueException",
                "ReceiveMessage",
                "{'QueueUrl':'%s','ReceiveRequestAttemptId':'a'}".formatted(sqs.create("q", "")));
    }

    @Test
    void returnedMessagesAreReceivedAgainWhileLaterOnesAreInFlight() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        sqs.sendFifo(queue, "a1", "a", "1");
        sqs.sendFifo(queue, "a2", "a", "2");
        sqs.sendFifo(queue, "a3", "a", "3");
        JsonNode both = sqs.call("ReceiveMessage", "{'QueueUrl':'%s','MaxNumberOfMessages':2}".formatted(queue))
                .path("Messages");
        String change = "{'QueueUrl':'%s','ReceiptHandle':'%s','VisibilityTimeout':0}";

        sqs.call(
                "ChangeMessageVisibility",
                change.formatted(queue, both.path(0).path("ReceiptHandle").asText()));
        assertThat(sqs.bodies(queue)).as("up to the one in flight").containsExactly("a1");
        sqs.call(
                "ChangeMessageVisibility",
                change.formatted(queue, both.path(1).path("ReceiptHandle").asText()));
        assertThat(sqs.bodies(queue)).as("after the one in flight").isEmpty();
    }

    @Test
    void receivesTakeGroupAfterGroup() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        sqs.sendFifo(queue, "a1", "a", "1");
        sqs.sendFifo(queue, "b1", "b", "2");
        sqs.sendFifo(queue, "a2", "a", "3");

        assertThat(sqs.bodies(queue)).containsExactly("a1", "a2", "b1");
    }

    @Test
    void purgesForgetDeduplicationIds() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        sqs.sendFifo(queue, "one", "g", "d");
        sqs.call("PurgeQueue", "{'QueueUrl':'%s'}".formatted(queue));
        sqs.sendFifo(queue, "two", "g", "d");

        assertThat(sqs.bodies(queue)).containsExactly("two");
    }

    @Test
    void batchesWithAMissingIdFailAsAWhole() {
        String queue = sqs.create("q.fifo", "'FifoQueue':'true'");
        String batch = "{'QueueUrl':'%s','Entries':[{'Id':'a','MessageBody':'b','MessageGroupId':'g',"
                + "'MessageDeduplicationId':'d'},{'Id':'b','MessageBody':'b'%s}]}";

        sqs.assertError("MissingRequiredParameterException", "SendMessageBatch", batch.formatted(queue, ""));
        sqs.assertError(
                "InvalidParameterValueException", "SendMessageBatch", batch.formatted(queue, ",'MessageGroupId':'g'"));
        assertThat(sqs.bodies(queue)).isEmpty();
    }
}
