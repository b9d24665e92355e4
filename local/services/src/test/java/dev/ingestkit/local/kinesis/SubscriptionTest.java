package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.http.StreamingBody;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.eventstream.Message;

class SubscriptionTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final KinesisErrors errors = new KinesisErrors("000000000000", "us-east-1");
    private final KinesisStream stream = new KinesisStream(
            new KinesisStream.Identity(
                    "s", Arn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/s"), "id", 1, Instant.now()),
            StreamSpecification.provisioned("s", 1),
            new KinesisStream.Context(
                    Clock.systemUTC(),
                    errors,
                    new MemoryBudget(1 << 20, used -> Long.MAX_VALUE),
                    false,
                    Duration.ZERO,
                    StreamStorage.NONE));
    private final Shard shard = stream.shards().open().get(0);
    private final Client client = new Client();

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    /** A client that stores what it receives until it disconnects. */
    private static final class Client implements StreamingBody.Sink {

        final List<Message> messages = new CopyOnWriteArrayList<>();
        volatile boolean gone;
        volatile boolean ended;
        volatile Runnable onClosed = () -> {};
        volatile boolean slow;
        final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public boolean write(byte[] piece) {
            if (!gone) {
                messages.add(Message.decode(ByteBuffer.wrap(piece)));
            }
            return !gone;
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void whenReady(Runnable action) {
            waiting.add(action);
            if (!slow) {
                takeAll();
            }
        }

        void takeAll() {
            for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                next.run();
            }
        }

        @Override
        public void onClosed(Runnable action) {
            onClosed = action;
        }

        List<String> payloads() {
            return messages.stream()
                    .map(message -> new String(message.getPayload(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private Subscription subscribe(Duration life, Duration heartbeat) {
        Subscription subscription = new Subscription(
                new Subscription.Source(stream, shard, 0),
                SubscriptionPayloads.in(ServiceRequest.Wire.JSON_1_1),
                scheduler,
                new Subscription.Pace(life, heartbeat, true),
                errors);
        subscription.start(client);
        return subscription;
    }

    private void put(String text) {
        stream.put(List.of(new PutEntry("k", null, text.getBytes(StandardCharsets.UTF_8))), (chosen, outcomes) -> {});
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    @Test
    void initialResponsesPrecedeRecords() {
        put("one");
        subscribe(LONG, LONG);

        until(() -> client.messages.size() == 2);

        assertThat(requireNonNull(client.messages.get(0).getHeaders().get(":event-type"))
                        .getString())
                .isEqualTo("initial-response");
        assertThat(client.payloads().get(1))
                .contains("\"Data\":\"b25l\"", "\"PartitionKey\":\"k\"", "\"MillisBehindLatest\":0");
    }

    @Test
    void idleSubscriptionsSendEmptyEvents() {
        subscribe(LONG, Duration.ofMillis(10));

        until(() -> client.messages.size() >= 3);

        assertThat(client.payloads().get(2))
                .isEqualTo("{\"Records\":[],\"ContinuationSequenceNumber\":\"%s\",\"MillisBehindLatest\":0}"
                        .formatted(shard.startingSequenceNumber()));
    }

    @Test
    void expiredSubscriptionsLeaveNoWaiter() {
        subscribe(Duration.ofMillis(20), LONG);

        until(() -> client.ended);

        assertThat(shard.waiting()).isZero();
    }

    @Test
    void closedClientsLeaveNoWaiter() {
        Subscription subscription = subscribe(LONG, LONG);
        until(() -> shard.waiting() == 1);

        client.gone = true;
        client.onClosed.run();

        until(() -> shard.waiting() == 0);
        put("no client reads this");
        subscription.cancel();
        assertThat(client.messages).hasSize(1);
    }

    @Test
    void deletedStreamsEndSubscriptionsWithAnException() {
        subscribe(LONG, LONG);
        until(() -> shard.waiting() == 1);

        stream.discard();

        until(() -> client.ended);
        Message last = client.messages.get(client.messages.size() - 1);
        assertThat(requireNonNull(last.getHeaders().get(":exception-type")).getString())
                .isEqualTo("ResourceNotFoundException");
        assertThat(new String(last.getPayload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"message\":\"Stream s under account 000000000000 not found.\"}");
    }

    @Test
    void slowClientsAreNotPushedFurtherEvents() {
        client.slow = true;
        put("one");
        subscribe(LONG, Duration.ofMillis(10));
        until(() -> !client.waiting.isEmpty());
        put("two");
        assertThat(client.messages).hasSize(2);

        client.slow = false;
        client.takeAll();

        until(() -> client.messages.size() >= 3);
    }
}
