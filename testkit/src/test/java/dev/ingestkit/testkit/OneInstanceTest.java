package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One instance for all tests of the class takes the pipeline in its constructor, which runs before all callbacks. */
@IngestTest(template = "src/test/resources/orders.yaml")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneInstanceTest {

    private final IngestPipeline pipeline;

    OneInstanceTest(IngestPipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Test
    void theConstructorTakesThePipeline(IngestPipeline ofTheTest) {
        assertThat(ofTheTest).isSameAs(pipeline);
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").stored();
    }

    @Nested
    class InANestedClass {

        @Test
        void theStackIsTheOneOfTheClassAround(IngestPipeline ofTheTest) {
            assertThat(ofTheTest).isSameAs(pipeline);
        }
    }

    @Nested
    @IngestTest(template = "src/test/resources/time.yaml")
    class InANestedClassWithATemplate {

        @Test
        void theStackIsItsOwn(IngestPipeline ofTheTest) {
            assertThat(ofTheTest.endpoint()).isNotEqualTo(pipeline.endpoint());
        }
    }
}
