package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.StreamingBody;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EventsFollowerTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

    @Test
    void aFollowerThatCannotBeServedIsDisconnected() throws InterruptedException {
        Journal journal = new Journal(Clock.systemUTC());
        CountDownLatch ended = new CountDownLatch(1);
        try (EventFeed feed = new EventFeed(journal, Clock.systemUTC(), new UnreadableRecords())) {
            journal.append(new JournalEvent.Put(STREAM, "shardId-000000000000", "1", "a", 10));

            new EventsApi(feed)
                    .handle(new HttpRequest(
                            "GET", EventsApi.EVENTS + "/follow", "payload=x&after=0", Map.of(), new byte[0], ""))
                    .toCompletableFuture()
                    .join()
                    .body()
                    .match(bytes -> {}, stream -> stream.start(new EndingSink(ended)));

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static final class UnreadableRecords implements EventFeed.Lookup {
        @Override
        public Optional<String> message(String queue, String messageId) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> messages(int ofQueue) {
            return Map.of();
        }

        @Override
        public Optional<byte[]> payload(String stream, String shardId, SequenceNumber number) {
            throw new IllegalStateException("the record cannot be read");
        }

        @Override
        public List<ObjectNode> lines(Set<String> requestIds) {
            return List.of();
        }
    }

    /** Reports the end of its body. */
    private record EndingSink(CountDownLatch ended) implements StreamingBody.Sink {
        @Override
        public boolean write(byte[] piece) {
            return true;
        }

        @Override
        public void whenReady(Runnable action) {
            action.run();
        }

        @Override
        public void end() {
            ended.countDown();
        }

        @Override
        public void onClosed(Runnable action) {
            // The test's connection stays open.
        }
    }
}
