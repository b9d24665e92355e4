package dev.ingestkit.local.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.inprocess.RetriedSubscribers;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.sns.Subscribers;
import dev.ingestkit.local.time.RuntimeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RedeliveryTest {

    private final ServiceException failed = new ServiceException("InternalFailure", 500, "failed");
    private final RuntimeClock clock = RuntimeClock.system();
    private final ScheduledExecutorService timers = clock.scheduler("redelivery-test");
    private final AtomicInteger attempts = new AtomicInteger();

    @BeforeEach
    void freeze() {
        clock.freeze();
    }

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    private Redelivery redelivery(Redelivery.Policy policy) {
        return new Redelivery(policy, clock, timers);
    }

    private CompletionStage<Void> failing(int times, Throwable failure) {
        return attempts.incrementAndGet() <= times
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture(null);
    }

    @Test
    void topicsRetryThreeTimesAtOnceAndThenAfterWaits() throws Exception {
        CompletableFuture<Void> delivered = redelivery(Redelivery.Policy.SNS)
                .deliver(() -> failing(5, failed))
                .toCompletableFuture();
        clock.advance(Duration.ZERO);
        assertThat(attempts).hasValue(4);
        clock.advance(Duration.ofSeconds(1));
        assertThat(attempts).hasValue(5);
        assertThat(delivered).isNotDone();
        clock.advance(Duration.ofSeconds(2));
        assertThat(attempts).hasValue(6);
        assertThat(delivered).isCompleted();
    }

    @Test
    void throttledAndUnansweredDeliveriesAreRetriedToo() throws Exception {
        for (Throwable failure : List.of(
                new ServiceException("RequestThrottled", 403, "Request is throttled."),
                new ServiceException("ProvisionedThroughputExceededException", 400, "Rate exceeded."),
                new DroppedConnectionException())) {
            attempts.set(0);
            CompletableFuture<Void> delivered = redelivery(Redelivery.Policy.EVENT_BRIDGE)
                    .deliver(() -> failing(1, failure))
                    .toCompletableFuture();
            clock.advance(Duration.ofSeconds(1));
            assertThat(delivered).isCompleted();
        }
    }

    @Test
    void refusedDeliveriesAreNotRetried() {
        CompletableFuture<Void> delivered = redelivery(Redelivery.Policy.SNS)
                .deliver(() -> failing(9, ServiceException.badRequest("NonExistentQueue", "no such queue")))
                .toCompletableFuture();
        assertThat(delivered).isCompletedExceptionally();
        assertThat(attempts).hasValue(1);
    }

    @Test
    void rulesGiveUpAfterADay() throws Exception {
        CompletableFuture<Void> delivered = redelivery(Redelivery.Policy.EVENT_BRIDGE)
                .deliver(() -> failing(Integer.MAX_VALUE, failed))
                .toCompletableFuture();
        clock.advance(Duration.ofHours(12));
        assertThat(delivered).isNotDone();
        clock.advance(Duration.ofHours(12));
        assertThat(delivered).isCompletedExceptionally();
        assertThat(attempts.get()).isBetween(50, 186);
    }

    @Test
    void queuesThatKeepAnOrderReceiveTheirMessagesInIt() throws Exception {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        Subscribers failingFirst = new Subscribers() {
            @Override
            public CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode sent, @Nullable Order order) {
                return failing(5, failed).thenRun(() -> received.add(body));
            }

            @Override
            public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
                throw new IllegalStateException("no function is subscribed");
            }
        };
        RetriedSubscribers subscribers = new RetriedSubscribers(failingFirst, redelivery(Redelivery.Policy.SNS));
        Arn queue = Arn.parse("arn:aws:sqs:us-east-1:000000000000:orders.fifo");
        for (String body : List.of("one", "two", "three")) {
            var unused = subscribers.sendToQueue(
                    queue, body, new ObjectMapper().createObjectNode(), new Subscribers.Order("group", body));
        }
        assertThat(received).isEmpty();
        clock.advance(Duration.ofSeconds(10));
        assertThat(received).containsExactly("one", "two", "three");
    }
}
