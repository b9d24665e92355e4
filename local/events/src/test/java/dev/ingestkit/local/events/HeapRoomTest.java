package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class HeapRoomTest {

    private final AtomicLong left = new AtomicLong();
    private final HeapRoom room = new HeapRoom(1_000, left::get, Duration.ZERO);

    @Test
    void fourFifthsOfTheHeapAreRoomBeforeACollection() {
        assertThat(room.applyAsLong(300)).isEqualTo(800);
        assertThat(room.applyAsLong(700)).isEqualTo(800);
    }

    @Test
    void everythingElseThatACollectionLeftTakesRoom() {
        left.set(750);
        assertThat(room.applyAsLong(250)).isEqualTo(300);
    }

    @Test
    void dataGivenUpSinceACollectionLeavesTheRoomAsItWas() {
        left.set(750);
        room.applyAsLong(250);

        assertThat(room.applyAsLong(100)).isEqualTo(300);
        left.set(600);
        assertThat(room.applyAsLong(100)).isEqualTo(300);
        left.set(100);
        assertThat(room.applyAsLong(100)).isEqualTo(800);
    }

    @Test
    void aFullHeapHasNoRoom() {
        left.set(950);
        assertThat(room.applyAsLong(50)).isZero();
    }

    @Test
    void thisProcessHasRoom() {
        assertThat(HeapRoom.ofThisProcess().applyAsLong(0))
                .isBetween(1L, Runtime.getRuntime().maxMemory());
    }
}
