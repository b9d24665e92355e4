package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@IngestTest(template = "src/test/resources/orders.yaml", parameters = "Greeting=good day")
class OrdersTest {

    @Test
    void anOrderIsStoredByTheHandlerUnderTest(IngestPipeline pipeline) {
        pipeline.put("Orders", "order-1", "{\"total\":12}");
        pipeline.await("order-1").stored();
        pipeline.await("order-1").storedIn("Table");
        pipeline.await("order-1").processed();
    }

    @Test
    void aFunctionHasItsOwnEnvironmentAndOutput(IngestPipeline pipeline) {
        pipeline.put("Orders", "order-2", "{}");
        pipeline.await("order-2").processed();
        assertThat(pipeline.log("Writer")).anyMatch(line -> line.startsWith("good day order-2"));
        assertThat(System.getenv("GREETING")).isNull();
    }

    @Test
    void aDayOfRetriesPassesWhenTheClockIsMoved(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        Instant before = pipeline.clock().now();
        pipeline.put("Orders", "refused-1", "refuse");
        pipeline.await("refused-1").delivered(1);
        pipeline.clock().advance(Duration.ofHours(25));
        assertThat(pipeline.await("refused-1").deadLettered()).isEqualTo("RecordAgeExceeded");
        assertThat(pipeline.messages("Refused")).anyMatch(message -> message.contains("RecordAgeExceeded"));
        assertThat(pipeline.clock().now()).isEqualTo(before.plus(Duration.ofHours(25)));
        pipeline.clock().resume();
    }

    @Test
    void aResourceThatIsNotThereIsNamedWithThoseThatAre(IngestPipeline pipeline) {
        assertThatThrownBy(() -> pipeline.put("Order", "order-3", "{}"))
                .hasMessage("'Order' is not a stream of the template; known are [Orders]");
    }
}
