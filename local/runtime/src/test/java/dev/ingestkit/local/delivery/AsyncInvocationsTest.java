package dev.ingestkit.local.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.AsyncSettings;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.mapping.EventLoop;
import dev.ingestkit.local.store.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Retries, ages and destinations of asynchronous invocations, on a loop whose waits pass at once. */
final class AsyncInvocationsTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:failures";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Duration> waits = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> attributes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int invocations;

    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final EventLoop loop = new EventLoop() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            waits.add(delay);
            now = now.plus(delay);
            task.run();
            return () -> {};
        }

        @Override
        public void close() {}
    };

    private AsyncInvocations queue(FunctionInvoker function) {
        return queue(function, loop, WaitingInvocations.NONE);
    }

    private AsyncInvocations queue(FunctionInvoker function, EventLoop decisions, WaitingInvocations waiting) {
        Targets targets = (arn, body, added) -> {
            sent.add(body);
            attributes.add(added.toString());
            return CompletableFuture.completedFuture(arn);
        };
        return new AsyncInvocations(function, new Journal(clock), clock, decisions, targets, waiting);
    }

    /** A loop of a process that ends before any wait is over. */
    private static final class EndingLoop implements EventLoop {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public void close() {}
    }

    @Test
    void waitingEventsAreInvokedByTheNextProcess() {
        MemoryStore store = new MemoryStore();
        queue(failing(2), new EndingLoop(), WaitingInvocations.in(store)).invoke(FUNCTION, "source", "id", event());
        assertThat(invocations).isEqualTo(1);

        now = now.plusSeconds(20);
        queue(failing(2), loop, WaitingInvocations.in(store)).resume();
        assertThat(invocations).isEqualTo(3);
        assertThat(waits).containsExactly(Duration.ofSeconds(40), Duration.ofMinutes(2));

        queue(failing(2), loop, WaitingInvocations.in(store)).resume();
        assertThat(invocations).isEqualTo(3);
    }

    @Test
    void eventsInFlightAtTheEndAreInvokedAgain() {
        MemoryStore store = new MemoryStore();
        List<String> payloads = new ArrayList<>();
        FunctionInvoker unfinished = (name, payload) -> {
            payloads.add(new String(payload, StandardCharsets.UTF_8));
            return new CompletableFuture<>();
        };
        queue(unfinished, loop, WaitingInvocations.in(store)).invoke(FUNCTION, "source", "id", event());
        AsyncInvocations next = queue(failing(9), loop, WaitingInvocations.in(store));
        next.configure(FUNCTION, new AsyncSettings(0, 21_600, null, QUEUE, null));
        next.resume();

        assertThat(payloads).containsExactly("{\"n\":1}");
        assertThat(sent).singleElement().asString().contains("\"requestPayload\":{\"n\":1}");
        assertThat(WaitingInvocations.in(store).load()).isEmpty();
    }

    private FunctionInvoker failing(int times) {
        return (name, payload) -> {
            invocations++;
            String error = invocations <= times ? "Unhandled" : null;
            String answer = error == null ? "\"done\"" : "{\"errorMessage\":\"broken\"}";
            return CompletableFuture.completedFuture(new Invocation(
                    "request-" + invocations, error, answer.getBytes(StandardCharsets.UTF_8), Duration.ZERO, ""));
        };
    }

    private static byte[] event() {
        return "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFunctionErrorIsRetriedAfterOneAndTwoMinutes() {
        queue(failing(9)).invoke(FUNCTION, "source", "id", event());

        assertThat(invocations).isEqualTo(3);
        assertThat(waits).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    @Test
    void theFailureDestinationReceivesTheRecordOfLambda() throws IOException {
        AsyncInvocations queue = queue(failing(9));
        queue.configure(FUNCTION, new AsyncSettings(1, 21_600, null, QUEUE, null));
        queue.invoke(FUNCTION + ":live", "source", "id", event());

        assertThat(invocations).isEqualTo(2);
        JsonNode record = JSON.readTree(sent.get(0));
        assertThat(record.path("version").asText()).isEqualTo("1.0");
        assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(2);
        assertThat(record.at("/requestContext/functionArn").asText()).isEqualTo(FUNCTION + ":live");
        assertThat(record.at("/requestPayload/n").asInt()).isEqualTo(1);
        assertThat(record.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
        assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("broken");
    }

    @Test
    void theSuccessDestinationReceivesTheAnswer() throws IOException {
        AsyncInvocations queue = queue(failing(0));
        queue.configure(FUNCTION, new AsyncSettings(2, 21_600, QUEUE, null, null));
        queue.invoke(FUNCTION, "source", "id", event());

        JsonNode record = JSON.readTree(sent.get(0));
        assertThat(record.at("/requestContext/condition").asText()).isEqualTo("Success");
        assertThat(record.at("/requestContext/functionArn").asText()).isEqualTo(FUNCTION + ":$LATEST");
        assertThat(record.path("responsePayload").asText()).isEqualTo("done");
    }

    @Test
    void theDeadLetterQueueReceivesTheEventItself() {
        AsyncInvocations queue = queue(failing(9));
        queue.configure(FUNCTION, new AsyncSettings(0, 21_600, null, null, QUEUE));
        queue.invoke(FUNCTION, "source", "id", event());

        assertThat(invocations).isEqualTo(1);
        assertThat(sent).containsExactly("{\"n\":1}");
        assertThat(attributes.get(0))
                .contains("\"ErrorMessage\"")
                .contains("broken")
                .contains("request-1");
    }

    @Test
    void anInvocationThatNeverRanIsNotARetryAndEndsAtTheMaximumAge() throws IOException {
        AsyncInvocations queue = queue((name, payload) -> CompletableFuture.failedFuture(
                new InvokeRejectedException(InvokeRejectedException.Reason.THROTTLED, "Rate Exceeded.")));
        queue.configure(FUNCTION, new AsyncSettings(0, 60, null, QUEUE, null));
        queue.invoke(FUNCTION, "source", "id", event());

        assertThat(waits).hasSizeGreaterThan(3);
        JsonNode record = JSON.readTree(sent.get(0));
        assertThat(record.at("/requestContext/condition").asText()).isEqualTo("EventAgeExceeded");
        assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isZero();
        assertThat(record.has("responseContext")).isFalse();
    }

    @Test
    void aMissingFunctionIsRefused() {
        AsyncInvocations queue = queue(new FunctionInvoker() {
            @Override
            public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
                throw new IllegalStateException("not called");
            }

            @Override
            public boolean has(String function) {
                return false;
            }
        });

        assertThat(queue.invoke(FUNCTION, "source", "id", event()).toCompletableFuture())
                .isCompletedExceptionally();
    }
}
