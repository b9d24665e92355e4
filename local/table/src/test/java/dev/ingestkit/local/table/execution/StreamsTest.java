package dev.ingestkit.local.table.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.StreamActions.ShardInfo;
import dev.ingestkit.local.table.engine.StreamActions.ShardRef;
import dev.ingestkit.local.table.engine.StreamActions.StreamInfo;
import dev.ingestkit.local.table.engine.StreamActions.StreamPage;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableDefinition.StreamDefinition;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StreamsTest {
    private final ManualClock clock = new ManualClock();
    private final Store store = new MemoryStore();
    private final Engine engine = new Engine(store, clock, TableListener.NONE);

    private void create(StreamView view) {
        engine.tables().create(Fixture.table(List.of(), new StreamDefinition("one", view), "expires"));
    }

    private StreamInfo stream() {
        return Objects.requireNonNull(engine.streams().find(Fixture.TABLE, "one"));
    }

    private StreamPage read(long position, int limit) {
        ShardInfo shard = stream().shards().get(0);
        return engine.streams().read(new ShardRef(Fixture.TABLE, "one", shard.id()), position, limit);
    }

    @ParameterizedTest
    @EnumSource(StreamView.class)
    void recordsHoldTheImagesOfTheView(StreamView view) {
        create(view);
        Item first = Fixture.item("a", 1, 1);
        Item second = Fixture.item("a", 1, 2);
        engine.write(Fixture.put(first));
        engine.write(Fixture.put(second));
        engine.write(Fixture.put(second));
        engine.write(Fixture.delete(Fixture.key("a", 1)));
        List<StreamRecord> records = read(1, 10).records();
        assertThat(records)
                .extracting(StreamRecord::kind)
                .containsExactly(StreamRecord.Kind.INSERT, StreamRecord.Kind.MODIFY, StreamRecord.Kind.REMOVE);
        boolean old = view == StreamView.OLD_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
        boolean now = view == StreamView.NEW_IMAGE || view == StreamView.NEW_AND_OLD_IMAGES;
        StreamRecord modify = records.get(1);
        assertThat(modify.keys()).isEqualTo(Fixture.key("a", 1));
        assertThat(modify.oldImage()).isEqualTo(old ? first : null);
        assertThat(modify.newImage()).isEqualTo(now ? second : null);
        assertThat(modify.byService()).isFalse();
    }

    @Test
    void readersContinueAtTheirPosition() {
        create(StreamView.KEYS_ONLY);
        for (int i = 0; i < 5; i++) {
            engine.write(Fixture.put(Fixture.item("a", i, 1)));
        }
        StreamPage page = read(1, 2);
        assertThat(page.records()).hasSize(2);
        assertThat(page.ended()).isFalse();
        page = read(page.next(), 10);
        assertThat(page.records()).hasSize(3);
        assertThat(read(page.next(), 10).records()).isEmpty();
        assertThat(page.next()).isEqualTo(stream().shards().get(0).next());
    }

    @Test
    void aDisabledStreamEndsAndIsForgottenAfterADay() {
        create(StreamView.KEYS_ONLY);
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        engine.tables()
                .update(
                        Fixture.TABLE,
                        old -> new TableDefinition(
                                old.name(), old.keys(), old.indexes(), null, null, old.created(), old.settings()));
        engine.write(Fixture.put(Fixture.item("a", 2, 1)));
        assertThat(stream().enabled()).isFalse();
        StreamPage page = read(1, 10);
        assertThat(page.records()).hasSize(1);
        assertThat(page.ended()).isTrue();
        clock.advance(Duration.ofHours(25));
        engine.sweep();
        assertThat(engine.streams().list(null)).isEmpty();
    }

    @Test
    void recordsAreForgottenAfterADay() {
        create(StreamView.KEYS_ONLY);
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        clock.advance(Duration.ofHours(23));
        engine.write(Fixture.put(Fixture.item("a", 2, 1)));
        clock.advance(Duration.ofHours(2));
        assertThat(read(1, 10).records()).hasSize(1);
        engine.sweep();
        assertThatThrownBy(() -> read(1, 10))
                .isInstanceOfSatisfying(
                        TableException.class, e -> assertThat(e.name()).isEqualTo("TrimmedDataAccessException"));
        assertThat(read(stream().shards().get(0).oldest(), 10).records()).hasSize(1);
    }

    @Test
    void streamsContinueAfterARestart() {
        create(StreamView.KEYS_ONLY);
        engine.write(Fixture.put(Fixture.item("a", 1, 1)));
        Engine again = new Engine(store, clock, TableListener.NONE);
        again.write(Fixture.put(Fixture.item("a", 2, 1)));
        ShardInfo shard = Objects.requireNonNull(again.streams().find(Fixture.TABLE, "one"))
                .shards()
                .get(0);
        assertThat(again.streams()
                        .read(new ShardRef(Fixture.TABLE, "one", shard.id()), 1, 10)
                        .records())
                .extracting(StreamRecord::sequence)
                .containsExactly(1L, 2L);
    }

    @Test
    void expiredItemsAreDeletedByTheService() {
        create(StreamView.NEW_AND_OLD_IMAGES);
        long now = clock.instant().getEpochSecond();
        long sixYears = 6L * 365 * 24 * 3600;
        engine.write(Fixture.put(expiring(1, now + 10)));
        engine.write(Fixture.put(expiring(2, now + 20)));
        engine.write(Fixture.put(expiring(3, now - sixYears)));
        engine.write(Fixture.put(Fixture.item("{'p':{'S':'a'},'s':{'N':'4'},'expires':{'S':'1'}}")));
        engine.write(Fixture.put(expiring(5, now + 5)));
        engine.write(Fixture.put(expiring(5, now + 500)));
        assertThat(engine.sweep()).isZero();
        clock.advance(Duration.ofSeconds(15));
        assertThat(engine.sweep()).isOne();
        List<StreamRecord> records = read(1, 100).records();
        StreamRecord last = records.get(records.size() - 1);
        assertThat(last.kind()).isEqualTo(StreamRecord.Kind.REMOVE);
        assertThat(last.byService()).isTrue();
        assertThat(last.oldImage()).isEqualTo(expiring(1, now + 10));
        clock.advance(Duration.ofSeconds(1_000));
        assertThat(engine.sweep()).isEqualTo(2);
        assertThat(engine.tables().volume(Fixture.TABLE, null).items()).isEqualTo(2);
    }

    private static Item expiring(int s, long seconds) {
        return Fixture.item("{'p':{'S':'a'},'s':{'N':'" + s + "'},'expires':{'N':'" + seconds + "'}}");
    }
}
