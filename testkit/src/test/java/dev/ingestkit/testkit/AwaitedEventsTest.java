package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

@IngestTest(template = "src/test/resources/orders.yaml")
@ResetAfterEach
class AwaitedEventsTest {

    @Test
    void aRecordIsAwaitedAmongOthersWithItsPartitionKey(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        PutEvent refused = pipeline.put("Orders", "order-1", "refuse");
        pipeline.clock().advance(Duration.ofHours(23));
        PutEvent taken = pipeline.put("Orders", "order-1", "{}");
        pipeline.clock().advance(Duration.ofHours(2));

        pipeline.await(taken).processed();
        pipeline.await(taken).storedIn("Table");
        assertThat(pipeline.await(refused).deadLettered()).isEqualTo("RecordAgeExceeded");
        assertThatThrownBy(() -> pipeline.await(refused).stored())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the event 'order-1' was not stored")
                .hasMessageContaining(refused.sequenceNumber())
                .hasMessageContaining("refused on purpose: order-1");
    }

    @Test
    void theLatestRecordThatAPredicateAcceptsIsAwaited(IngestPipeline pipeline, KinesisClient kinesis) {
        pipeline.put("Orders", "order-1", "{}");
        kinesis.putRecord(request -> request.streamName(pipeline.name("Orders"))
                .partitionKey("from-a-client")
                .data(SdkBytes.fromUtf8String("{}")));

        pipeline.await(event -> event.eventId().startsWith("from-")).stored();

        pipeline.clock().freeze();
        assertThatThrownBy(() -> pipeline.await(event -> event.eventId().equals("order-2"))
                        .processed())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no record was put that the test's predicate accepts");
    }

    @Test
    void codeUnderTestTakesTheClockOfThePipeline(IngestPipeline pipeline) {
        Queue<Instant> seen = new ConcurrentLinkedQueue<>();
        var clock = pipeline.clock().asClock();
        pipeline.replace("Writer", Map.class, (event, context) -> {
            seen.add(clock.instant());
            return null;
        });
        pipeline.clock().freeze();
        pipeline.clock().advance(Duration.ofDays(3));
        pipeline.put("Orders", "order-1", "{}");

        pipeline.await("order-1").processed();

        assertThat(seen).containsExactly(pipeline.clock().now());
        assertThat(pipeline.clock().now()).isAfter(Instant.now().plus(Duration.ofDays(2)));
    }
}
