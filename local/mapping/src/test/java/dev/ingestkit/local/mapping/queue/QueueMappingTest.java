package dev.ingestkit.local.mapping.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.InvalidMappingException;
import dev.ingestkit.local.mapping.MappingState;
import dev.ingestkit.local.mapping.VirtualTime;
import dev.ingestkit.local.mapping.failure.FailureHandling;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue's poller on virtual time: batches, answers, filters, changes. */
final class QueueMappingTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    private static final Arn QUEUE = Arn.parse("arn:aws:sqs:us-east-1:000000000000:orders");

    private final VirtualTime time = new VirtualTime();
    private final FakeQueue queue = new FakeQueue();
    private final List<String> calls = new ArrayList<>();
    private final List<CompletableFuture<Invocation>> open = new ArrayList<>();
    private final Journal journal = new Journal(time);

    /** A queue whose long polls wait for the next message. */
    private static final class FakeQueue implements QueueSource {

        private final Deque<QueueMessage> waiting = new ArrayDeque<>();
        private final List<String> deleted = new ArrayList<>();
        private final List<String> released = new ArrayList<>();
        private CompletableFuture<List<QueueMessage>> poll = new CompletableFuture<>();
        private int max;

        void send(String... bodies) {
            for (String body : bodies) {
                waiting.add(message(body));
            }
            serve();
        }

        private void serve() {
            if (max > 0 && !waiting.isEmpty()) {
                List<QueueMessage> received = new ArrayList<>();
                while (received.size() < max && !waiting.isEmpty()) {
                    received.add(waiting.removeFirst());
                }
                max = 0;
                poll.complete(received);
            }
        }

        @Override
        public CompletionStage<List<QueueMessage>> receive(int room, Duration wait) {
            poll = new CompletableFuture<>();
            max = room;
            CompletableFuture<List<QueueMessage>> received = poll;
            serve();
            return received;
        }

        @Override
        public CompletionStage<Duration> visibilityTimeout() {
            return CompletableFuture.completedFuture(Duration.ofSeconds(30));
        }

        @Override
        public CompletionStage<Void> delete(List<QueueMessage> messages) {
            messages.forEach(message -> deleted.add(message.body()));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> release(List<QueueMessage> messages) {
            messages.forEach(message -> released.add(message.body()));
            return CompletableFuture.completedFuture(null);
        }
    }

    private static QueueMessage message(String body) {
        ObjectNode received = JsonNodeFactory.instance
                .objectNode()
                .put("MessageId", "id-" + body)
                .put("ReceiptHandle", "handle-" + body)
                .put("MD5OfBody", "00")
                .put("Body", body);
        received.putObject("Attributes").put("ApproximateReceiveCount", "1");
        received.putObject("MessageAttributes")
                .putObject("color")
                .put("DataType", "String")
                .put("StringValue", "red");
        return QueueMessage.of(received, QUEUE);
    }

    private static QueueMappingSettings settings(int size, int window, boolean reports, String... patterns) {
        return new QueueMappingSettings(true, size, window, reports, OptionalInt.of(2), List.of(patterns));
    }

    private QueueMapping start(QueueMappingSettings settings, FunctionInvoker function) {
        QueueMapping mapping = new QueueMapping(
                new QueueMappingConfig("uuid", FUNCTION, QUEUE.toString(), settings),
                new QueueEnvironment(queue, function, journal, time, time, FailureHandling.standard()));
        CompletableFuture<Void> started = mapping.start();
        time.settle();
        assertThat(started).isCompleted();
        return mapping;
    }

    private FunctionInvoker answering(BiFunction<String, Integer, String> answer) {
        return (function, payload) -> {
            String event = new String(payload, StandardCharsets.UTF_8);
            calls.add(event);
            return CompletableFuture.completedFuture(invocation(answer.apply(event, calls.size()), null));
        };
    }

    private FunctionInvoker held() {
        return (function, payload) -> {
            calls.add(new String(payload, StandardCharsets.UTF_8));
            CompletableFuture<Invocation> call = new CompletableFuture<>();
            open.add(call);
            return call;
        };
    }

    private static Invocation invocation(String answer, @Nullable String error) {
        return new Invocation("request", error, answer.getBytes(StandardCharsets.UTF_8), Duration.ZERO, "");
    }

    @Test
    void lambdasOwnDeserializerReadsTheEvent() {
        start(settings(10, 0, false), answering((event, call) -> "null"));
        queue.send("hello");
        time.settle();

        SQSEvent event = LambdaEventSerializers.serializerFor(
                        SQSEvent.class, getClass().getClassLoader())
                .fromJson(new ByteArrayInputStream(calls.get(0).getBytes(StandardCharsets.UTF_8)));

        SQSEvent.SQSMessage record = event.getRecords().get(0);
        assertThat(record.getMessageId()).isEqualTo("id-hello");
        assertThat(record.getBody()).isEqualTo("hello");
        assertThat(record.getReceiptHandle()).isEqualTo("handle-hello");
        assertThat(record.getEventSource()).isEqualTo("aws:sqs");
        assertThat(record.getEventSourceArn()).isEqualTo(QUEUE.toString());
        assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
        assertThat(record.getAttributes()).containsEntry("ApproximateReceiveCount", "1");
        assertThat(record.getMessageAttributes())
                .hasEntrySatisfying(
                        "color", color -> assertThat(color.getStringValue()).isEqualTo("red"));
        assertThat(queue.deleted).containsExactly("hello");
    }

    @Test
    void withoutAWindowABatchIsTheResultOfOneReceive() {
        queue.send(IntStream.range(0, 12).mapToObj(number -> "m" + number).toArray(String[]::new));
        start(settings(10, 0, false), answering((event, call) -> "null"));
        time.settle();

        assertThat(calls).hasSize(2);
        assertThat(queue.deleted).hasSize(12);
    }

    @Test
    void aWindowGathersUntilItEndsOrTheBatchIsFull() {
        start(settings(15, 5, false), answering((event, call) -> "null"));
        queue.send("early");
        time.advance(Duration.ofSeconds(4));
        queue.send("late");
        time.settle();
        assertThat(calls).isEmpty();

        time.advance(Duration.ofSeconds(1));
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0)).contains("early").contains("late");

        queue.send(IntStream.range(0, 15).mapToObj(number -> "m" + number).toArray(String[]::new));
        time.settle();
        assertThat(calls).hasSize(2);
    }

    @Test
    void messagesOfAFailedInvocationStayInTheQueue() {
        QueueMapping mapping = start(
                settings(10, 0, false),
                (function, payload) -> CompletableFuture.completedFuture(
                        invocation("{\"errorType\":\"E\",\"errorMessage\":\"broken\"}", "Unhandled")));
        queue.send("a");
        time.settle();

        assertThat(queue.deleted).isEmpty();
        assertThat(queue.released).isEmpty();
        assertThat(mapping.metrics().failed()).isEqualTo(1);
        assertThat(mapping.metrics().error()).contains("E: broken");
    }

    @Test
    void onlyMessagesThatTheAnswerDoesNotReportAreDeleted() {
        start(
                settings(10, 0, true),
                answering((event, call) -> "{\"batchItemFailures\":[{\"itemIdentifier\":\"id-b\"}]}"));
        queue.send("a", "b", "c");
        time.settle();

        assertThat(queue.deleted).containsExactly("a", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"id\":\"id-a\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"id-x\"}]}"
            })
    void malformedReportsFailTheWholeBatch(String answer) {
        start(settings(10, 0, true), answering((event, call) -> answer));
        queue.send("a", "b");
        time.settle();

        assertThat(queue.deleted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "\"\"", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
    void emptyReportsAreSuccess(String answer) {
        start(settings(10, 0, true), answering((event, call) -> answer));
        queue.send("a", "b");
        time.settle();

        assertThat(queue.deleted).containsExactly("a", "b");
    }

    @Test
    void messagesThatMatchNoFilterAreDeletedWithoutAnInvocation() {
        QueueMapping mapping = start(
                settings(10, 0, false, "{\"body\":{\"kind\":[\"order\"]}}", "{\"body\":[\"plain\"]}"),
                answering((event, call) -> "null"));
        queue.send("{\"kind\":\"order\"}");
        queue.send("{\"kind\":\"bill\"}");
        queue.send("plain");
        time.settle();
        queue.send("other");
        time.settle();

        assertThat(calls).hasSize(2);
        assertThat(mapping.metrics().filtered()).isEqualTo(2);
        assertThat(queue.deleted).hasSize(4);
        assertThat(journal.after(0, 10))
                .extracting(JournalEntry::event)
                .filteredOn(JournalEvent.Dropped.class::isInstance)
                .extracting(event -> ((JournalEvent.Dropped) event).messageIds())
                .containsExactly(List.of("id-{\"kind\":\"bill\"}"), List.of("id-other"));
    }

    @Test
    void noMoreBatchesThanTheMaximumConcurrencyAreInFlight() {
        queue.send(IntStream.range(0, 50).mapToObj(number -> "m" + number).toArray(String[]::new));
        start(settings(10, 0, false), held());
        time.settle();
        assertThat(calls).hasSize(2);

        open.get(0).complete(invocation("null", null));
        time.settle();
        assertThat(calls).hasSize(3);
    }

    @Test
    void aThrottledInvocationSlowsThePollerDown() {
        QueueMapping mapping = start(settings(10, 0, false), (function, payload) -> {
            calls.add("throttled");
            return CompletableFuture.failedFuture(
                    new InvokeRejectedException(InvokeRejectedException.Reason.THROTTLED, "Rate Exceeded."));
        });
        queue.send("a");
        time.settle();
        queue.send("b");
        time.settle();
        assertThat(calls).hasSizeLessThanOrEqualTo(2);

        time.advance(Duration.ofSeconds(2));
        assertThat(calls).hasSize(2);
        assertThat(queue.deleted).isEmpty();
        assertThat(mapping.metrics().lastResult()).startsWith("PROBLEM");
    }

    @Test
    void aDisabledMappingReturnsItsGatheredMessages() {
        QueueMapping mapping = start(settings(15, 300, false), answering((event, call) -> "null"));
        queue.send("a");
        time.settle();

        CompletableFuture<Void> disabled = mapping.update(
                mapping.config().withSettings(settings(15, 300, false).withEnabled(false)));
        time.settle();
        queue.send("b");
        time.settle();

        assertThat(disabled).isCompleted();
        assertThat(mapping.state()).isEqualTo(MappingState.DISABLED);
        assertThat(queue.released).containsExactly("a", "b");
        assertThat(calls).isEmpty();
    }

    @Test
    void aDeletedMappingWaitsForInvocationsInFlight() {
        QueueMapping mapping = start(settings(10, 0, false), held());
        queue.send("a");
        time.settle();
        CompletableFuture<Void> deleted = mapping.delete();
        time.settle();
        assertThat(deleted).isNotCompleted();

        open.get(0).complete(invocation("null", null));
        time.settle();
        assertThat(deleted).isCompleted();
        assertThat(queue.deleted).containsExactly("a");
    }

    @Test
    void valuesOutsideLambdasBoundsAreRefused() {
        assertThatThrownBy(() -> config(QUEUE.toString(), settings(11, 0, false)))
                .isInstanceOf(InvalidMappingException.class)
                .hasMessageContaining("if maximum batch size is greater than 10");
        assertThatThrownBy(() -> config(QUEUE.toString(), settings(10_001, 1, false)))
                .hasMessageContaining("Member must have value less than or equal to 10000");
        assertThatThrownBy(() -> config(QUEUE + ".fifo", settings(10, 1, false)))
                .hasMessageContaining("FIFO");
        assertThatThrownBy(() -> config(QUEUE.toString(), settings(10, 0, false, "no json")))
                .hasMessageContaining("Invalid filter pattern definition.");
    }

    private static QueueMappingConfig config(String queueArn, QueueMappingSettings settings) {
        return new QueueMappingConfig("uuid", FUNCTION, queueArn, settings);
    }
}
