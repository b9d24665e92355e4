package dev.ingestkit.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A store that ends at one of its operations on files, by the end of the process or by a loss of power, opens again with the
 * batches up to some moment: never without one that was acknowledged, never with half of one. A saved archive is whole,
 * and a store whose content an archive replaces has the one content or the other. The seed of a failure is
 * printed; {@code -Dcrash.seed=N} runs one case, {@code -Dcrash.runs=M} that many from a seed or a random one on.
 */
final class CrashPointsTest {

    private static final int RUNS = 300;
    private static final int MANY_RUNS = 10_000;
    private static final Path DIRECTORY = Path.of("data");
    private static final List<String> MAPS = List.of("a", "b", "c");

    /** Held, since a logger that nothing refers to forgets its level. */
    private static final Logger WARNINGS = Logger.getLogger(DurableStore.class.getName());

    @BeforeAll
    static void expectWarningsOfSnapshots() {
        WARNINGS.setLevel(Level.OFF);
    }

    @Test
    void aStoreOpensWithAllThatWasAcknowledgedWhereverItEnded() throws IOException {
        Long first = Long.getLong("crash.seed");
        long seed = first != null ? first : ThreadLocalRandom.current().nextLong();
        int runs = Integer.getInteger("crash.runs", first != null ? 1 : RUNS);
        Map<CrashingFiles.Operation, Integer> ends = new EnumMap<>(CrashingFiles.Operation.class);
        for (int run = 0; run < runs; run++) {
            new Case(seed + run, ends).run();
        }
        // Cutting and linking files are rare: 300 cases may have none.
        if (runs >= MANY_RUNS) {
            assertThat(ends)
                    .as("ends by the operation that crashed, %d cases from seed %d", runs, seed)
                    .containsKeys(CrashingFiles.Operation.values());
        }
    }

    /** One history of a store, of three ends at most. */
    private static final class Case {
        private final long seed;
        private final SplittableRandom random;
        private final CrashingFiles.End end;
        private final boolean deferred;
        /** The number of stops at each kind of operation. */
        private final Map<CrashingFiles.Operation, Integer> ends;
        /** The maps' contents after each batch so far; the first one is what the store was opened with. */
        private final List<Map<String, String>> states = new ArrayList<>(List.of(new TreeMap<>()));
        /** The first state that may be there after the end. */
        private int acknowledged;
        /** The contents of the archives that were saved, by their directories. */
        private final Map<Path, Map<String, String>> archives = new TreeMap<>();

        Case(long seed, Map<CrashingFiles.Operation, Integer> ends) {
            this.seed = seed;
            this.ends = ends;
            this.random = new SplittableRandom(seed);
            this.end = random.nextBoolean() ? CrashingFiles.End.PROCESS : CrashingFiles.End.POWER;
            this.deferred = random.nextInt(2) == 0;
        }

        void run() throws IOException {
            CrashingFiles files = new CrashingFiles(random.split(), 1 + random.nextInt(60));
            for (int life = 0; life < 3; life++) {
                live(files);
                CrashingFiles.Operation crashed = files.crashedAt();
                if (crashed != null) {
                    ends.merge(crashed, 1, Integer::sum);
                }
                files = files.after(end, 1 + random.nextInt(60));
            }
            try (DurableStore store = open(files.after(CrashingFiles.End.PROCESS, 0))) {
                checkOpened(store);
            }
        }

        private DurableStore open(CrashingFiles files) throws IOException {
            return DurableStore.open(files, DIRECTORY, new DurableStore.Limits(400, Runnable::run));
        }

        private void live(CrashingFiles files) throws IOException {
            DurableStore durable;
            try {
                durable = open(files);
            } catch (IOException failed) {
                assertThat(files.crashed()).as("%s: %s", this, failed).isTrue();
                return;
            }
            checkOpened(durable);
            Store store = deferred ? durable.deferred() : durable;
            try (durable) {
                for (int count = 0; count < 40 && !files.crashed(); count++) {
                    change(store);
                    store = withOtherFiles(files, durable, store);
                }
            } catch (IOException | UncheckedIOException | CompletionException failed) {
                assertThat(files.crashed()).as("%s: %s", this, failed).isTrue();
            }
        }

        /** Now and then compacts the store, saves its content to an archive, or replaces it by one; returns the store. */
        private Store withOtherFiles(CrashingFiles files, DurableStore durable, Store store) throws IOException {
            switch (random.nextInt(12)) {
                case 0 -> durable.compact();
                case 1 -> {
                    Path archive = Path.of("archive-" + random.nextInt(1 << 30));
                    StoreArchive.write(durable.view(), archive, files);
                    archives.put(archive, states.get(states.size() - 1));
                }
                case 2 -> {
                    if (deferred && !archives.isEmpty()) {
                        return replaced(files, durable);
                    }
                }
                default -> {
                    // only changes
                }
            }
            return store;
        }

        private Store replaced(CrashingFiles files, DurableStore durable) throws IOException {
            Path archive = new ArrayList<>(archives.keySet()).get(random.nextInt(archives.size()));
            MemoryStore content = StoreArchive.read(archive, files);
            assertThat(contents(content)).as("%s: %s", this, archive).isEqualTo(archives.get(archive));
            states.add(archives.get(archive));
            Store next = durable.replace(archive, content);
            acknowledge(CrashingFiles.End.PROCESS);
            return next;
        }

        private void change(Store store) {
            Map<String, String> next = new TreeMap<>(states.get(states.size() - 1));
            Batch batch = batch(next);
            states.add(next);
            store.commit(batch);
            if (deferred && random.nextInt(4) == 0) {
                store.written().toCompletableFuture().join();
                acknowledge(CrashingFiles.End.PROCESS);
            } else if (!deferred) {
                acknowledge(CrashingFiles.End.PROCESS);
            }
            if (random.nextInt(6) == 0) {
                if (deferred) {
                    store.written().toCompletableFuture().join();
                }
                store.sync();
                acknowledge(CrashingFiles.End.POWER);
            }
        }

        /** Notes that all batches so far survive such an end, and so the weaker one. */
        private void acknowledge(CrashingFiles.End strongest) {
            if (end == CrashingFiles.End.PROCESS || strongest == CrashingFiles.End.POWER) {
                acknowledged = states.size() - 1;
            }
        }

        private Batch batch(Map<String, String> next) {
            Batch batch = new Batch();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                String map = MAPS.get(random.nextInt(MAPS.size()));
                int key = random.nextInt(8);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        batch.drop(map);
                        next.keySet().removeIf(entry -> entry.startsWith(map));
                    }
                    case 1 -> {
                        batch.remove(map, bytes(key));
                        next.remove(map + key);
                    }
                    default -> {
                        int value = random.nextInt();
                        batch.put(map, bytes(key), bytes(value));
                        next.put(map + key, Integer.toString(value));
                    }
                }
            }
            return batch;
        }

        private static byte[] bytes(int number) {
            return ByteBuffer.allocate(4).putInt(number).array();
        }

        /** Checks the maps against the states that are allowed, and continues from the one that it finds. */
        private void checkOpened(Store store) {
            Map<String, String> found = contents(store);
            assertThat(states.subList(acknowledged, states.size()))
                    .as("%s: states %d to %d are allowed", this, acknowledged, states.size() - 1)
                    .contains(found);
            states.clear();
            states.add(found);
            acknowledged = 0;
        }

        private static Map<String, String> contents(Store store) {
            Map<String, String> found = new TreeMap<>();
            for (String map : store.names()) {
                for (ByteCursor entries = store.map(map).all(); entries.next(); ) {
                    int key = ByteBuffer.wrap(entries.key()).getInt();
                    int value = ByteBuffer.wrap(entries.value()).getInt();
                    found.put(map + key, Integer.toString(value));
                }
            }
            return found;
        }

        @Override
        public String toString() {
            return "-Dcrash.seed=%d, %s, %s".formatted(seed, end, deferred ? "deferred" : "direct");
        }
    }
}
