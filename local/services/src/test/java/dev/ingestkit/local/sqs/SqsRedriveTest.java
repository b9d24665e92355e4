package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers dead letter queues, and moving messages back from them. */
final class SqsRedriveTest {

    private final SqsCalls sqs = new SqsCalls();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void repeatedlyReceivedMessagesMoveToTheDeadLetterQueue() {
        String dead = sqs.create("dead", "");
        String queue = sqs.create("q", SqsCalls.redrive("dead", 2));
        String id = sqs.send(queue, "poison");
        for (int receive = 0; receive < 2; receive++) {
            assertThat(sqs.bodies(queue)).containsExactly("poison");
            sqs.clock.advance(Duration.ofSeconds(30));
        }

        assertThat(sqs.bodies(queue)).isEmpty();
        JsonNode deadLetter = sqs.receive(dead, ",'AttributeNames':['All']").path(0);
        assertThat(deadLetter.path("MessageId").asText()).isEqualTo(id);
        assertThat(deadLetter
                        .path("Attributes")
                        .path("DeadLetterQueueSourceArn")
                        .asText())
                .isEqualTo(SqsCalls.arn("q"));
        assertThat(sqs.call("ListDeadLetterSourceQueues", "{'QueueUrl':'%s'}".formatted(dead))
                        .path("queueUrls"))
                .extracting(JsonNode::asText)
                .containsExactly(queue);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"redrivePermission\":\"denyAll\"} | false",
                "{\"redrivePermission\":\"allowAll\"} | true",
                "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn:aws:sqs:us-east-1:000000000000:q\"]} |"
                        + " true",
                "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"arn:aws:sqs:us-east-1:000000000000:x\"]} |"
                        + " false"
            })
    void deadLetterQueuesCanRestrictTheirSources(String policy, boolean allowed) {
        sqs.create("dead", "'RedriveAllowPolicy':'%s'".formatted(policy.replace("\"", "\\\"")));

        if (allowed) {
            assertThat(sqs.create("q", SqsCalls.redrive("dead", 2))).endsWith("/q");
        } else {
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> sqs.create("q", SqsCalls.redrive("dead", 2)))
                    .withMessageContaining("does not allow");
        }
    }

    @Test
    void redrivePoliciesNeedAnExistingQueueOfTheSameType() {
        sqs.create("dead.fifo", "'FifoQueue':'true'");
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sqs.create("q", SqsCalls.redrive("nowhere", 2)))
                .withMessageContaining("Dead letter target does not exist");
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sqs.create("q", SqsCalls.redrive("dead.fifo", 2)))
                .withMessageContaining("same type");
        sqs.create("dead", "");
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sqs.create("q", SqsCalls.redrive("dead", 0)));
    }

    @Test
    void moveTasksReturnMessagesToTheirSource() {
        String dead = sqs.create("dead", "");
        String queue = sqs.create("q", SqsCalls.redrive("dead", 1));
        for (int number = 0; number < 250; number++) {
            sqs.send(queue, "m" + number);
        }
        drainToDeadLetters(queue);
        assertThat(sqs.attribute(dead, "ApproximateNumberOfMessages")).isEqualTo("250");

        String start = "{'SourceArn':'%s'}".formatted(SqsCalls.arn("dead"));
        assertThat(sqs.call("StartMessageMoveTask", start).path("TaskHandle").asText())
                .isNotEmpty();

        Awaitility.await().untilAsserted(() -> {
            JsonNode task =
                    sqs.call("ListMessageMoveTasks", start).path("Results").path(0);
            assertThat(task.path("Status").asText()).isEqualTo("COMPLETED");
            assertThat(task.path("ApproximateNumberOfMessagesMoved").asInt()).isEqualTo(250);
            assertThat(task.has("TaskHandle")).isFalse();
        });
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessages")).isEqualTo("250");
        assertThat(sqs.journal.counts()).as("sent, moved, sent back").containsEntry(JournalEvent.Kind.QUEUED, 750L);
        assertThat(sqs.attribute(dead, "ApproximateNumberOfMessages")).isEqualTo("0");
    }

    private void drainToDeadLetters(String queue) {
        while (!sqs.receive(queue, "").isEmpty()) {
            assertThat(sqs.attribute(queue, "ApproximateNumberOfMessagesNotVisible"))
                    .isNotEqualTo("0");
        }
        sqs.clock.advance(Duration.ofSeconds(30));
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void moveTasksCanBeSlowAndCanceled() {
        sqs.create("dead", "");
        sqs.create("q", SqsCalls.redrive("dead", 1));
        for (int number = 0; number < 10; number++) {
            sqs.send("dead", "m" + number);
        }
        String start = "{'SourceArn':'%s','DestinationArn':'%s','MaxNumberOfMessagesPerSecond':1}"
                .formatted(SqsCalls.arn("dead"), SqsCalls.arn("q"));
        String handle =
                sqs.call("StartMessageMoveTask", start).path("TaskHandle").asText();
        sqs.assertError("InvalidParameterValueException", "StartMessageMoveTask", start);

        sqs.call("CancelMessageMoveTask", "{'TaskHandle':'%s'}".formatted(handle));

        assertThat(sqs.call("ListMessageMoveTasks", start)
                        .path("Results")
                        .path(0)
                        .path("Status")
                        .asText())
                .isEqualTo("CANCELLED");
        sqs.assertError("InvalidParameterValueException", "CancelMessageMoveTask", "{'TaskHandle':'x'}");
    }

    @Test
    void moveTasksNeedADeadLetterQueue() {
        sqs.create("q", "");
        sqs.assertError(
                "InvalidParameterValueException",
                "StartMessageMoveTask",
                "{'SourceArn':'%s'}".formatted(SqsCalls.arn("q")));
        sqs.assertError(
                "ResourceNotFoundException",
                "StartMessageMoveTask",
                "{'SourceArn':'%s'}".formatted(SqsCalls.arn("nowhere")));
    }

    @Test
    void messagesWithoutASourceCannotBeMoved() {
        sqs.create("dead", "");
        sqs.create("q", SqsCalls.redrive("dead", 1));
        sqs.send("dead", "sent here directly");
        String start = "{'SourceArn':'%s'}".formatted(SqsCalls.arn("dead"));
        sqs.call("StartMessageMoveTask", start);

        Awaitility.await()
                .untilAsserted(() -> assertThat(sqs.call("ListMessageMoveTasks", start)
                                .path("Results")
                                .path(0)
                                .path("FailureReason")
                                .asText())
                        .isEqualTo("CouldNotDetermineMessageSource"));
        assertThat(sqs.bodies("dead")).containsExactly("sent here directly");
    }

    @Test
    void circularDeadLetterQueuesCountTheirOwnReceives() {
        String a = sqs.create("a", "");
        String b = sqs.create("b", SqsCalls.redrive("a", 1));
        sqs.call("SetQueueAttributes", "{'QueueUrl':'%s','Attributes':{%s}}".formatted(a, SqsCalls.redrive("b", 1)));
        sqs.send(a, "poison");
        CompletableFuture<ServiceResponse> poll =
                sqs.start("ReceiveMessage", "{'QueueUrl':'%s','WaitTimeSeconds':20}".formatted(b), Map.of());

        assertThat(sqs.bodies(a)).containsExactly("poison");
        sqs.clock.advance(Duration.ofSeconds(30));
        assertThat(sqs.bodies(a)).isEmpty();

        assertThat(poll).succeedsWithin(Duration.ofSeconds(10));
        assertThat(SqsCalls.join(poll).path("Messages")).hasSize(1);
    }
}
