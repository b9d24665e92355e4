package dev.ingestkit.local.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sending and receiving: visibility, delay, polling, batches, limits of messages. */
final class SqsMessagesTest {

    private final SqsCalls sqs = new SqsCalls();

    @AfterEach
    void close() {
        sqs.close();
    }

    @Test
    void receivedMessagesReappearUnlessDeleted() {
        String queue = sqs.create("q", "'VisibilityTimeout':'30'");
        sqs.send(queue, "one");
        JsonNode first =
                sqs.receive(queue, ",'MessageSystemAttributeNames':['All']").path(0);
        assertThat(sqs.bodies(queue)).isEmpty();
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessagesNotVisible"))
                .isEqualTo("1");

        sqs.clock.advance(Duration.ofSeconds(30));
        JsonNode second =
                sqs.receive(queue, ",'MessageSystemAttributeNames':['All']").path(0);
        assertThat(second.path("MessageId")).isEqualTo(first.path("MessageId"));
        assertThat(second.path("ReceiptHandle")).isNotEqualTo(first.path("ReceiptHandle"));
        assertThat(second.path("Attributes").path("ApproximateReceiveCount").asText())
                .isEqualTo("2");

        sqs.delete(queue, first);
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessagesNotVisible"))
                .as("an old handle deletes no message, without an error")
                .isEqualTo("1");
        sqs.delete(queue, second);
        sqs.delete(queue, second);
        sqs.clock.advance(Duration.ofSeconds(60));
        assertThat(sqs.bodies(queue)).isEmpty();
    }

    @Test
    void aMessageIsInTheJournalBeforeAnyoneCanReceiveIt() {
        String queue = sqs.create("q", "");
        List<String> available = new ArrayList<>();
        sqs.journal.listen(() -> available.add(sqs.attribute(queue, "ApproximateNumberOfMessages")));

        sqs.send(queue, "one");

        assertThat(available).containsExactly("0");
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessages")).isEqualTo("1");
    }

    @Test
    void visibilityCanBeChangedWhileTheMessageIsInFlight() {
        String queue = sqs.create("q", "");
        sqs.send(queue, "one");
        String handle = sqs.receive(queue, "").path(0).path("ReceiptHandle").asText();
        String change = "{'QueueUrl':'%s','ReceiptHandle':'%s','VisibilityTimeout':%d}";

        sqs.call("ChangeMessageVisibility", change.formatted(queue, handle, 300));
        sqs.clock.advance(Duration.ofSeconds(299));
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.call("ChangeMessageVisibility", change.formatted(queue, handle, 0));
        sqs.assertError("MessageNotInflight", "ChangeMessageVisibility", change.formatted(queue, handle, 10));
        assertThat(sqs.bodies(queue)).containsExactly("one");
        sqs.assertError(
                "InvalidParameterValueException", "ChangeMessageVisibility", change.formatted(queue, handle, 43_201));
        sqs.assertError("ReceiptHandleIsInvalid", "ChangeMessageVisibility", change.formatted(queue, "nonsense", 10));
    }

    @Test
    void totalVisibilityIsAtMostTwelveHours() {
        String queue = sqs.create("q", "");
        sqs.send(queue, "one");
        String handle = sqs.receive(queue, ",'VisibilityTimeout':100")
                .path(0)
                .path("ReceiptHandle")
                .asText();
        sqs.clock.advance(Duration.ofSeconds(50));

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> sqs.call(
                        "ChangeMessageVisibility",
                        "{'QueueUrl':'%s','ReceiptHandle':'%s','VisibilityTimeout':43200}".formatted(queue, handle)))
                .withMessageContaining("beyond the limit [43200 seconds]");
    }

    @Test
    void delayedMessagesAppearLater() {
        String queue = sqs.create("q", "'DelaySeconds':'5'");
        sqs.send(queue, "by the queue");
        sqs.call("SendMessage", "{'QueueUrl':'%s','MessageBody':'at once','DelaySeconds':0}".formatted(queue));
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessagesDelayed")).isEqualTo("1");

        assertThat(sqs.bodies(queue)).containsExactly("at once");
        sqs.clock.advance(Duration.ofSeconds(5));
        assertThat(sqs.bodies(queue)).containsExactly("by the queue");
    }

    @Test
    void messagesAreDroppedAfterTheRetentionPeriod() {
        String queue = sqs.create("q", "'MessageRetentionPeriod':'60'");
        sqs.send(queue, "one");
        sqs.clock.advance(Duration.ofSeconds(59));
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessages")).isEqualTo("1");
        sqs.clock.advance(Duration.ofSeconds(1));
        assertThat(sqs.attribute(queue, "ApproximateNumberOfMessages")).isEqualTo("0");
    }

    @Test
    void longPollsReturnWhenAMessageArrives() {
        String queue = sqs.create("q", "");
        CompletableFuture<ServiceResponse> poll =
                sqs.start("ReceiveMessage", "{'QueueUrl':'%s','WaitTimeSeconds':20}".formatted(queue), Map.of());
        assertThat(poll).isNotDone();

        sqs.send(queue, "one");

        assertThat(poll).succeedsWithin(Duration.ofSeconds(10));
        assertThat(SqsCalls.join(poll).path("Messages").path(0).path("Body").asText())
                .isEqualTo("one");
    }

    @Test
    void longPollsReturnEmptyAfterTheirTime() {
        String queue = sqs.create("q", "'ReceiveMessageWaitTimeSeconds':'20'");
        CompletableFuture<ServiceResponse> poll =
                sqs.start("ReceiveMessage", "{'QueueUrl':'%s'}".formatted(queue), Map.of());
        sqs.clock.advance(Duration.ofSeconds(19));
        sqs.service.clockMoved();
        assertThat(poll).isNotDone();

        sqs.clock.advance(Duration.ofSeconds(1));
        sqs.service.clockMoved();

        assertThat(poll).succeedsWithin(Duration.ofSeconds(10));
        assertThat(SqsCalls.join(poll).has("Messages")).isFalse();
    }

    @Test
    void longPollsReceiveReappearingMessages() {
        String queue = sqs.create("q", "");
        sqs.send(queue, "one");
        sqs.receive(queue, ",'VisibilityTimeout':3");
        CompletableFuture<ServiceResponse> poll =
                sqs.start("ReceiveMessage", "{'QueueUrl':'%s','WaitTimeSeconds':20}".formatted(queue), Map.of());

        sqs.clock.advance(Duration.ofSeconds(3));
        sqs.service.clockMoved();

        assertThat(poll).succeedsWithin(Duration.ofSeconds(10));
        assertThat(SqsCalls.join(poll).path("Messages")).hasSize(1);
    }

    @Test
    void attributeDigestsMatchTheSdks() {
        String queue = sqs.create("q", "");
        JsonNode sent = sqs.call("SendMessage", """
            {'QueueUrl':'%s','MessageBody':'This is a test message','MessageAttributes':{
              'b':{'DataType':'Binary','BinaryValue':'AQID'},
              'n':{'DataType':'Number.int','StringValue':'42'},
              's':{'DataType':'String','StringValue':'text'}}}\
            """.formatted(queue));

        assertThat(sent.path("MD5OfMessageBody").asText()).isEqualTo("fafb00f5732ab283681e124bf8747ed1");
        JsonNode all = sqs.receive(queue, ",'MessageAttributeNames':['All'],'VisibilityTimeout':0")
                .path(0);
        assertThat(all.path("MD5OfMessageAttributes")).isEqualTo(sent.path("MD5OfMessageAttributes"));
        assertThat(all.path("MessageAttributes")).hasSize(3);
        JsonNode some = sqs.receive(queue, ",'MessageAttributeNames':['s.*']").path(0);
        assertThat(some.path("MessageAttributes").fieldNames()).toIterable().containsExactly("s");
        assertThat(some.path("MD5OfMessageAttributes")).isNotEqualTo(sent.path("MD5OfMessageAttributes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'aws.x':{'DataType':'String','StringValue':'a'}",
                "'x.':{'DataType':'String','StringValue':'a'}",
                "'x..y':{'DataType':'String','StringValue':'a'}",
                "'x y':{'DataType':'String','StringValue':'a'}",
                "'x':{'DataType':'Text','StringValue':'a'}",
                "'x':{'DataType':'String','StringValue':''}",
                "'x':{'DataType':'Number','StringValue':'one'}",
                "'x':{'DataType':'Binary','StringValue':'AA=='}"
            })
    void invalidMessageAttributesAreRejected(String attribute) {
        String queue = sqs.create("q", "");

        sqs.assertError(
                "InvalidParameterValueException",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'x','MessageAttributes':{%s}}".formatted(queue, attribute));
    }

    @Test
    void messagesHaveAtMostOneMebibyteWithAttributes() {
        String queue = sqs.create("q", "");
        String longest = "x".repeat(1_048_576);
        assertThat(sqs.send(queue, longest)).isNotEmpty();

        sqs.assertError(
                "InvalidParameterValueException",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'%s','MessageAttributes':{'a':{'DataType':'String','StringValue':'b'}}}"
                        .formatted(queue, longest));
        String small = sqs.create("small", "'MaximumMessageSize':'1024'");
        sqs.assertError(
                "InvalidParameterValueException",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'%s'}".formatted(small, "x".repeat(1025)));
        sqs.assertError(
                "BatchRequestTooLong",
                "SendMessageBatch",
                "{'QueueUrl':'%s','Entries':[{'Id':'1','MessageBody':'%s'},{'Id':'2','MessageBody':'x'}]}"
                        .formatted(queue, longest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001f", "\\ufffe", "\\ud800"})
    void charactersOutsideXmlAreRejected(String character) {
        String queue = sqs.create("q", "");

        sqs.assertError(
                "InvalidMessageContents",
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'a%sb'}".formatted(queue, character));
        assertThat(sqs.send(queue, "tab\\tline\\n\\r é € \\ud834\\udd1e")).isNotEmpty();
    }

    @Test
    void messagesSentByFunctionsAreJournaledAsParkedAndOthersAsQueued() {
        String queue = sqs.create("q", "");
        String client = sqs.send(queue, "from a client");
        JsonNode sent = SqsCalls.join(sqs.start(
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'parked'}".formatted(queue),
                Map.of("x-amzn-trace-id", List.of("Root=known"))));

        assertThat(sqs.journal.after(0, 10))
                .extracting(JournalEntry::event)
                .containsExactly(
                        new JournalEvent.Queued("q", client, 13, null, List.of()),
                        new JournalEvent.Parked(
                                "request-7",
                                "writer",
                                "q",
                                sent.path("MessageId").asText(),
                                6,
                                List.of()));
    }

    @Test
    void messagesThatExpireOrArePurgedAreJournaledAsDropped() {
        String queue = sqs.create("q", "'MessageRetentionPeriod':'60'");
        String expired = sqs.send(queue, "expires");
        sqs.clock.advance(Duration.ofSeconds(60));
        sqs.send(queue, "purged");
        sqs.call("PurgeQueue", "{'QueueUrl':'%s'}".formatted(queue));
        sqs.send(queue, "deleted with its queue");
        sqs.call("DeleteQueue", "{'QueueUrl':'%s'}".formatted(queue));

        assertThat(sqs.journal.after(0, 10))
                .extracting(JournalEntry::event)
                .filteredOn(event -> event.kind() == JournalEvent.Kind.DROPPED)
                .containsExactly(
                        new JournalEvent.Dropped("q", JournalEvent.Dropped.Cause.EXPIRED, List.of(expired)),
                        new JournalEvent.Dropped("q", JournalEvent.Dropped.Cause.PURGED, List.of()),
                        new JournalEvent.Dropped("q", JournalEvent.Dropped.Cause.PURGED, List.of()));
    }

    @Test
    void theRuntimeSendsByArnAndCounts() {
        Arn arn = sqs.service.createFromTemplate("stack-Dead", sqs.call("ListQueues", "{}"));

        String id = sqs.service
                .send(arn, "{\"version\":\"1.0\"}")
                .toCompletableFuture()
                .join();

        assertThat(sqs.receive("stack-Dead", "").path(0).path("MessageId").asText())
                .isEqualTo(id);
        assertThat(sqs.service.counts()).containsExactly(new MessageCounts("stack-Dead", arn, 0, 1, 0));
        assertThat(sqs.service.url(arn)).contains("http://localhost:4566/queue/us-east-1/000000000000/stack-Dead");
        assertThat(sqs.service.send(Arn.parse(SqsCalls.arn("nowhere")), "x")).isCompletedExceptionally();
    }

    @Test
    void faultsApplyToClientsAndToTheRuntime() {
        FaultKind[] next = new FaultKind[1];
        List<String> targets = new ArrayList<>();
        try (SqsCalls faulty = new SqsCalls((stage, target) -> {
            targets.add(stage + " " + target);
            return Optional.ofNullable(next[0]).map(kind -> new Faults.Fault(kind, Duration.ZERO));
        })) {
            String queue = faulty.create("q", "");
            next[0] = FaultKind.ERROR;
            assertThatExceptionOfType(ServiceException.class)
                    .isThrownBy(() -> faulty.send(queue, "x"))
                    .satisfies(error -> assertThat(error.status()).isEqualTo(500));
            assertThat(faulty.service.send(Arn.parse(SqsCalls.arn("q")), "x")).isCompletedExceptionally();
            next[0] = FaultKind.DROP;
            assertThat(faulty.service.send(Arn.parse(SqsCalls.arn("q")), "dropped"))
                    .isCompletedExceptionally();
            next[0] = FaultKind.DUPLICATE;
            faulty.send(queue, "twice");
            next[0] = null;
            assertThat(faulty.bodies(queue)).containsExactly("dropped", "twice", "twice");
            assertThat(targets).contains("SQS q");
        }
    }

    @Test
    void visibilityCanBeExtendedAfterItsTimeUntilSomeoneElseReceives() {
        String queue = sqs.create("q", "'VisibilityTimeout':'1'");
        sqs.send(queue, "one");
        String handle = sqs.receive(queue, "").path(0).path("ReceiptHandle").asText();
        String change = "{'QueueUrl':'%s','ReceiptHandle':'%s','VisibilityTimeout':20}".formatted(queue, handle);
        sqs.clock.advance(Duration.ofSeconds(2));

        sqs.call("ChangeMessageVisibility", change);
        assertThat(sqs.bodies(queue)).isEmpty();
        sqs.clock.advance(Duration.ofSeconds(20));
        assertThat(sqs.bodies(queue)).containsExactly("one");
        sqs.assertError("MessageNotInflight", "ChangeMessageVisibility", change);
        sqs.clock.advance(Duration.ofSeconds(2));
        sqs.call("ChangeMessageVisibility", change);
        assertThat(sqs.bodies(queue)).as("the older handle hides it, too").isEmpty();
    }

    @Test
    void starsNameAllAttributesAndNamesMayHaveAnyLetters() {
        String queue = sqs.create("q", "");
        sqs.call(
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'x','MessageAttributes':{'attr.1\u00f8\u00df':{'DataType':'String',"
                                .formatted(queue)
                        + "'StringValue':'v'}}}");

        assertThat(sqs.receive(queue, ",'MessageAttributeNames':['*']")
                        .path(0)
                        .path("MessageAttributes")
                        .has("attr.1\u00f8\u00df"))
                .isTrue();
    }

    @Test
    void traceHeadersAreStrings() {
        String queue = sqs.create("q", "");
        String header =
                "{'QueueUrl':'%s','MessageBody':'x','MessageSystemAttributes':{'AWSTraceHeader':".formatted(queue);

        sqs.assertError(
                "InvalidParameterValueException", "SendMessage", header + "{'DataType':'Number','StringValue':'1'}}}");
        sqs.call("SendMessage", header + "{'DataType':'String','StringValue':'Root=1-abc'}}}");
    }

    @Test
    void traceHeadersOfTheRequestBecomeAnAttribute() {
        String queue = sqs.create("q", "");
        SqsCalls.join(sqs.start(
                "SendMessage",
                "{'QueueUrl':'%s','MessageBody':'x'}".formatted(queue),
                Map.of("x-amzn-trace-id", List.of("Root=1-abc"))));

        assertThat(sqs.receive(queue, ",'AttributeNames':['AWSTraceHeader']")
                        .path(0)
                        .at("/Attributes/AWSTraceHeader")
                        .asText())
                .isEqualTo("Root=1-abc");
    }
}
