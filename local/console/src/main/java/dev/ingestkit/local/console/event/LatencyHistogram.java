package dev.ingestkit.local.console.event;

/**
 * Counts durations in classes that grow by a fourth of an octave, so that a percentile is at most 19 % above the true
 * value. Not thread-safe.
 */
final class LatencyHistogram {

    private static final int CLASSES_PER_OCTAVE = 4;
    private static final int CLASSES = 40 * CLASSES_PER_OCTAVE;
    private static final double LOG_2 = Math.log(2);

    private final int[] counts = new int[CLASSES];
    private int total;

    void add(long micros) {
        int index = micros <= 1 ? 0 : (int) Math.ceil(Math.log((double) micros) / LOG_2 * CLASSES_PER_OCTAVE);
        counts[Math.min(CLASSES - 1, index)]++;
        total++;
    }

    void addAll(LatencyHistogram other) {
        for (int index = 0; index < CLASSES; index++) {
            counts[index] += other.counts[index];
        }
        total += other.total;
    }

    boolean isEmpty() {
        return total == 0;
    }

    /** Returns the upper bound of the class that holds a percentile, in milliseconds. */
    double percentile(double percent) {
        long wanted = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int index = 0; index < CLASSES; index++) {
            seen += counts[index];
            if (seen >= wanted) {
                return Math.round(Math.pow(2, (double) index / CLASSES_PER_OCTAVE)) / 1000.0;
            }
        }
        return 0;
    }
}
