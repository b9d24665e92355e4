package dev.ingestkit.local.wiring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void twoTasksRunAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger ended = new AtomicInteger();
        Runnable meetsTheOther = () -> {
            meet(both);
            ended.incrementAndGet();
        };
        SideBySide.run(List.of(meetsTheOther, meetsTheOther));
        assertEquals(2, ended.get());
    }

    @Test
    void theFirstFailureOfTheListIsThrownOnceAllTasksHaveEnded() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalArgumentException last = new IllegalArgumentException("last");
        AtomicInteger ended = new AtomicInteger();
        List<Runnable> tasks = List.of(
                ended::incrementAndGet,
                () -> {
                    throw first;
                },
                ended::incrementAndGet,
                () -> {
                    throw last;
                });
        assertSame(first, assertThrows(IllegalStateException.class, () -> SideBySide.run(tasks)));
        assertArrayEquals(new Throwable[] {last}, first.getSuppressed());
        assertEquals(2, ended.get());
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(1, TimeUnit.MINUTES);
        } catch (Exception alone) {
            throw new IllegalStateException("the other task did not run at the same time", alone);
        }
    }
}
