package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecordLogTest {

    /** A record of the model. */
    private record Expected(long arrival, String key, int length) {}

    @Test
    void randomOperationsMatchAPlainQueue() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RecordLog log = new RecordLog();
            Deque<Expected> model = new ArrayDeque<>();
            long arrival = 0;
            for (int step = 0; step < 300; step++) {
                int appended = random.nextInt(60);
                for (int at = 0; at < appended; at++) {
                    arrival += random.nextInt(3);
                    Expected record = new Expected(arrival, "k" + random.nextInt(100), random.nextInt(50));
                    log.append(record.arrival(), record.key(), new byte[record.length()]);
                    model.addLast(record);
                }
                trimBoth(log, model, random.nextInt(70), seed);
                assertSame(log, model, random, seed);
            }
        }
    }

    private static void trimBoth(RecordLog log, Deque<Expected> model, int count, long seed) {
        long expectedBytes = 0;
        for (int at = 0; at < count && !model.isEmpty(); at++) {
            Expected gone = model.removeFirst();
            expectedBytes += gone.length() + gone.key().length() + RecordLog.OVERHEAD;
        }
        assertThat(log.trimTo(log.first() + count)).as("seed %d", seed).isEqualTo(expectedBytes);
    }

    private static void assertSame(RecordLog log, Deque<Expected> model, SplittableRandom random, long seed) {
        assertThat(log.end() - log.first()).as("seed %d", seed).isEqualTo(model.size());
        long position = log.first();
        long since = model.isEmpty() ? 0 : model.getFirst().arrival() + random.nextInt(40);
        long firstSince = log.end();
        for (Expected record : model) {
            assertThat(log.arrivalMillis(position)).as("seed %d", seed).isEqualTo(record.arrival());
            assertThat(log.partitionKey(position)).as("seed %d", seed).isEqualTo(record.key());
            assertThat(log.data(position)).as("seed %d", seed).hasSize(record.length());
            if (record.arrival() >= since && firstSince == log.end()) {
                firstSince = position;
            }
            position++;
        }
        assertThat(log.firstSince(since)).as("seed %d", seed).isEqualTo(firstSince);
    }
}
