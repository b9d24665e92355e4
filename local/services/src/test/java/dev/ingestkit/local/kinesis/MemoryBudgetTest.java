package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    private final MemoryBudget budget = new MemoryBudget(1_600, used -> room.get());

    @Test
    void aHeapWithRoomLeavesTheBoundAsItIs() {
        budget.add(1_600);
        assertThat(budget.exceeded()).isFalse();
        budget.add(1);
        assertThat(budget.exceeded()).isTrue();
    }

    @Test
    void theBoundFallsToTheRoomInTheHeap() {
        budget.add(900);
        room.set(800);

        assertThat(budget.limit()).isEqualTo(800);
        assertThat(budget.exceeded()).isTrue();
        budget.release(120);
        assertThat(budget.exceeded()).isFalse();
        assertThat(budget.aboveLowWatermark()).isTrue();
    }

    @Test
    void aSixteenthOfTheBoundIsRecordsHoweverFullTheHeapIs() {
        room.set(0);
        budget.add(100);
        assertThat(budget.exceeded()).isFalse();
        budget.add(1);
        assertThat(budget.limit()).isEqualTo(100);
        assertThat(budget.exceeded()).isTrue();
    }
}
