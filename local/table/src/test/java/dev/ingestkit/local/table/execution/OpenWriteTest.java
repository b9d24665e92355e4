package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A write that stays in its condition: reads, and writes of other keys, do not wait for it. */
final class OpenWriteTest {

    private static final Item OLD = Fixture.item("p", 1, 1);
    private static final Item NEW = Fixture.item("p", 1, 2);

    private final Engine engine = new Engine(new MemoryStore(), new ManualClock(), TableListener.NONE);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void createTable() {
        engine.tables().create(Fixture.table(List.of(Fixture.BY_G), null, null));
        engine.write(Fixture.put(OLD));
    }

    @AfterEach
    void stop() {
        released.countDown();
        thread.shutdownNow();
    }

    @Test
    @Timeout(60)
    void readsAndWritesOfOtherKeysDoNotWaitForAWrite() throws Exception {
        Future<?> open = thread.submit(() -> engine.write(Fixture.put(NEW, stored -> isReleased())));
        entered.await();

        assertThat(stored()).isEqualTo(OLD);
        engine.write(Fixture.put(Fixture.item("q", 7, 3)));
        assertThat(engine.query(new QueryRequest(
                                Fixture.TABLE,
                                null,
                                new KeyCondition(Value.of("p"), null, null, null),
                                true,
                                new Page(null, null),
                                null,
                                true,
                                false))
                        .items())
                .containsExactly(OLD);
        assertThat(engine.scan(new ScanRequest(Fixture.TABLE, null, new Page(null, null), null, null, true, false))
                        .items())
                .containsExactlyInAnyOrder(OLD, Fixture.item("q", 7, 3));
        assertThat(open).isNotDone();

        released.countDown();
        open.get();
        assertThat(stored()).isEqualTo(NEW);
    }

    private Item stored() {
        return Objects.requireNonNull(engine.get(new GetRequest(Fixture.TABLE, Fixture.key("p", 1), true))
                .item());
    }

    private boolean isReleased() {
        entered.countDown();
        try {
            return released.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
