package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@IngestTest(template = "src/test/resources/orders.yaml", ledger = false)
@ResetAfterEach
class UnfinishedOrdersTest {

    @Test
    void anExitEndsTheInvocationAndNotTheTest(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        pipeline.put("Orders", "exits", "exit");
        pipeline.await("exits").delivered(1);
        assertThatThrownBy(() -> pipeline.await("exits").processed())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the event 'exits' was not processed")
                .hasMessageContaining("exit status 3")
                .hasMessageContaining("delivered to")
                .hasMessageContaining("the clock is frozen");
        assertThatThrownBy(pipeline::requireNothingUnfinished)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 event was accepted and not finished")
                .hasMessageContaining("the event 'exits' is not finished");
    }

    @Test
    void aDayOfRetriesIsDescribedByItsFirstAndLastEntries(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        pipeline.put("Orders", "refused", "refuse");
        pipeline.clock().advance(Duration.ofHours(25));
        assertThatThrownBy(() -> pipeline.await("refused").stored())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("put into")
                .hasMessageContaining("attempt 4\n")
                .hasMessageNotContaining("attempt 5\n")
                .hasMessageContaining("more entries ...")
                .hasMessageContaining("given up by the mapping: RecordAgeExceeded")
                .satisfies(failed ->
                        assertThat(String.valueOf(failed.getMessage()).lines()).hasSizeLessThan(60));
    }

    @Test
    void aClosedLedgerLeavesEarlierRecordsOut(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        pipeline.put("Orders", "left-by-a-failed-test", "exit");
        pipeline.closeLedger();
        pipeline.requireNothingUnfinished();
        pipeline.put("Orders", "exits-later", "exit");
        assertThatThrownBy(pipeline::requireNothingUnfinished)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the event 'exits-later' is not finished")
                .hasMessageNotContaining("left-by-a-failed-test");
    }
}
