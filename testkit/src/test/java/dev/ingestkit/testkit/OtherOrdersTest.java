package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@IngestTest(template = "src/test/resources/orders.yaml")
class OtherOrdersTest {

    @Test
    void aClassHasAStackAndStaticsOfItsOwn(IngestPipeline pipeline) {
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").processed();
        assertThat(pipeline.log("Writer")).contains("hello order-1, batch 1");
    }

    @Test
    void withoutJUnitThePipelineIsStartedAndClosed() {
        try (IngestPipeline pipeline = IngestPipeline.of(java.nio.file.Path.of("src/test/resources/orders.yaml"))
                .parameter("Greeting", "welcome")
                .maxWait(Duration.ofSeconds(20))
                .start()) {
            pipeline.put("Orders", "order-9", "{}");
            pipeline.await("order-9").stored();
            assertThat(pipeline.log("Writer")).contains("welcome order-9, batch 1");
            pipeline.requireNothingUnfinished();
        }
    }

    @Test
    void aStackMayBeClosedTwice() {
        IngestPipeline pipeline = IngestPipeline.start(java.nio.file.Path.of("src/test/resources/orders.yaml"));
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").stored();
        pipeline.close();
        assertThatCode(pipeline::close).doesNotThrowAnyException();
    }
}
