package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqsRestartTest {

    private final MutableClock clock = new MutableClock();
    private final Store store = new MemoryStore();

    private SqsCalls start() {
        return new SqsCalls(store, clock);
    }

    @Test
    void messagesSurviveARestartInTheirOrder() {
        String queue;
        JsonNode sent;
        try (SqsCalls before = start()) {
            queue = before.create("q", "'VisibilityTimeout':'60'");
            before.send(queue, "one");
            sent = before.call(
                    "SendMessage",
                    "{'QueueUrl':'%s','MessageBody':'two','MessageAttributes':{'kind':{'DataType':'Binary','BinaryValue':'AAE='}}}"
                            .formatted(queue));
        }
        try (SqsCalls after = start()) {
            JsonNode received = after.call(
                            "ReceiveMessage",
                            "{'QueueUrl':'%s','MaxNumberOfMessages':10,'MessageAttributeNames':['All']}"
                                    .formatted(queue))
                    .path("Messages");
            assertThat(received.path(0).path("Body").asText()).isEqualTo("one");
            JsonNode second = received.path(1);
            assertThat(second.path("MessageId")).isEqualTo(sent.path("MessageId"));
            assertThat(second.path("MD5OfMessageAttributes")).isEqualTo(sent.path("MD5OfMessageAttributes"));
            assertThat(second.path("MessageAttributes")
                            .path("kind")
                            .path("BinaryValue")
                            .asText())
                    .isEqualTo("AAE=");
            assertThat(after.attribute(queue, "VisibilityTimeout")).isEqualTo("60");
        }
    }

    @Test
    void visibilityAndReceiveCountsContinue() {
        String queue;
        JsonNode message;
        try (SqsCalls before = start()) {
            queue = before.create("q", "'VisibilityTimeout':'60'");
            before.send(queue, "one");
            message = before.receive(queue, "").path(0);
        }
        clock.advance(Duration.ofSeconds(59));
        try (SqsCalls after = start()) {
            assertThat(after.attribute(queue, "ApproximateNumberOfMessagesNotVisible"))
                    .isEqualTo("1");
            assertThat(after.bodies(queue)).isEmpty();
        }
        clock.advance(Duration.ofSeconds(2));
        try (SqsCalls later = start()) {
            JsonNode again = later.receive(queue, ",'AttributeNames':['All']").path(0);
            assertThat(again.path("Attributes").path("ApproximateReceiveCount").asText())
                    .isEqualTo("2");
            later.delete(queue, message);
            assertThat(later.attribute(queue, "ApproximateNumberOfMessagesNotVisible"))
                    .isEqualTo("1");
            later.delete(queue, again);
        }
        try (SqsCalls last = start()) {
            clock.advance(Duration.ofMinutes(5));
            assertThat(last.bodies(queue)).isEmpty();
            assertThat(store.names()).doesNotContain("sqs/messages/q", "sqs/states/q");
        }
    }

    @Test
    void deadLettersAreMovedWhole() {
        String queue;
        String deadLetters;
        try (SqsCalls before = start()) {
            deadLetters = before.create("dead", "");
            queue = before.create("q", "'VisibilityTimeout':'0'," + SqsCalls.redrive("dead", 1));
            before.send(queue, "poison");
            before.receive(queue, "");
            assertThat(before.bodies(queue)).isEmpty();
        }
        try (SqsCalls after = start()) {
            assertThat(after.bodies(queue)).isEmpty();
            assertThat(after.bodies(deadLetters)).containsExactly("poison");
        }
    }

    @Test
    void duplicatesAreKnownForTheirFiveMinutesAndNumbersGrow() {
        String queue;
        List<String> numbers = new ArrayList<>();
        JsonNode sent;
        try (SqsCalls before = start()) {
            queue = before.create("q.fifo", "'FifoQueue':'true'");
            sent = before.sendFifo(queue, "one", "g", "d1");
            numbers.add(sent.path("SequenceNumber").asText());
            before.delete(queue, before.receive(queue, "").path(0));
        }
        clock.advance(Duration.ofMinutes(4));
        try (SqsCalls after = start()) {
            assertThat(after.sendFifo(queue, "one", "g", "d1").path("MessageId"))
                    .isEqualTo(sent.path("MessageId"));
            assertThat(after.bodies(queue)).isEmpty();
            numbers.add(after.sendFifo(queue, "two", "g", "d2")
                    .path("SequenceNumber")
                    .asText());
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
        }
        clock.advance(Duration.ofMinutes(2));
        try (SqsCalls later = start()) {
            later.sendFifo(queue, "one", "h", "d1");
            assertThat(later.bodies(queue)).contains("one");
        }
    }

    @Test
    void deletedAndPurgedQueuesLeaveNothing() {
        try (SqsCalls before = start()) {
            String purged = before.create("purged", "");
            before.send(purged, "one");
            before.call("PurgeQueue", "{'QueueUrl':'%s'}".formatted(purged));
            String deleted = before.create("deleted", "");
            before.send(deleted, "one");
            before.call("DeleteQueue", "{'QueueUrl':'%s'}".formatted(deleted));
        }
        try (SqsCalls after = start()) {
            assertThat(after.call("ListQueues", "{}").path("QueueUrls")).hasSize(1);
            after.assertError("QueueDeletedRecently", "CreateQueue", "{'QueueName':'deleted'}");
            assertThat(store.names()).noneMatch(name -> name.startsWith("sqs/messages"));
        }
    }

    @Test
    void settingsAndTagsSurviveARestart() {
        String queue;
        try (SqsCalls before = start()) {
            queue = before.create("q", "'DelaySeconds':'5'");
            before.call("SetQueueAttributes", "{'QueueUrl':'%s','Attributes':{'DelaySeconds':'7'}}".formatted(queue));
            before.call("TagQueue", "{'QueueUrl':'%s','Tags':{'team':'blue'}}".formatted(queue));
            before.send(queue, "later");
        }
        clock.advance(Duration.ofSeconds(6));
        try (SqsCalls after = start()) {
            assertThat(after.attribute(queue, "DelaySeconds")).isEqualTo("7");
            assertThat(after.attribute(queue, "ApproximateNumberOfMessagesDelayed"))
                    .isEqualTo("1");
            assertThat(after.call("ListQueueTags", "{'QueueUrl':'%s'}".formatted(queue))
                            .toString())
                    .contains("blue");
            clock.advance(Duration.ofSeconds(1));
            assertThat(after.bodies(queue)).containsExactly("later");
        }
    }

    @Test
    void moveTasksContinueWhereTheyWere() {
        String dead;
        String queue;
        String arn = "arn:aws:sqs:us-east-1:000000000000:dead";
        try (SqsCalls before = start()) {
            dead = before.create("dead", "");
            queue = before.create("q", "'VisibilityTimeout':'0'," + SqsCalls.redrive("dead", 1));
            for (int number = 0; number < 3; number++) {
                before.send(dead, "letter " + number);
            }
            before.call(
                    "StartMessageMoveTask",
                    "{'SourceArn':'%s','DestinationArn':'%s','MaxNumberOfMessagesPerSecond':1}"
                            .formatted(arn, arn.replace("dead", "q")));
            await().until(() -> moved(before, arn) == 1);
        }
        try (SqsCalls after = start()) {
            after.send(dead, "a later letter");
            await().until(() -> after.call("ListMessageMoveTasks", "{'SourceArn':'%s'}".formatted(arn))
                    .at("/Results/0/Status")
                    .asText()
                    .equals("COMPLETED"));
            assertThat(moved(after, arn)).isEqualTo(3);
            assertThat(after.bodies(dead)).containsExactly("a later letter");
            assertThat(after.attribute(queue, "ApproximateNumberOfMessages")).isEqualTo("3");
        }
        try (SqsCalls last = start()) {
            last.call("DeleteQueue", "{'QueueUrl':'%s'}".formatted(dead));
            clock.advance(Duration.ofMinutes(2));
            last.create("dead", "");
            assertThat(moved(last, arn)).isZero();
        }
        try (SqsCalls another = start()) {
            assertThat(moved(another, arn)).isZero();
        }
    }

    private static int moved(SqsCalls calls, String arn) {
        return calls.call("ListMessageMoveTasks", "{'SourceArn':'%s'}".formatted(arn))
                .at("/Results/0/ApproximateNumberOfMessagesMoved")
                .asInt();
    }
}
