package dev.ingestkit.cli.plan;

/**
 * What a plan takes for granted. All of it can be told otherwise.
 *
 * @param batchSize the template's BatchSize
 * @param writesAtOnce the template's WriterConcurrency
 * @param writeMillis how long DynamoDB takes for one write
 * @param headroom the part of a shard that is left free for peaks, 0 to 0.9
 * @param retentionHours the template's RetentionHours
 * @param keepDays how long events stay in the table
 * @param timeIndex the template's TimeIndex
 * @param accessLogs the template's AccessLogs
 */
public record Assumptions(
        int batchSize,
        int writesAtOnce,
        double writeMillis,
        double headroom,
        int retentionHours,
        int keepDays,
        boolean timeIndex,
        boolean accessLogs) {

    /** The template's defaults; 5 ms for a write, a fifth of each shard free, events kept for 30 days. */
    public static final Assumptions DEFAULT = new Assumptions(100, 16, 5, 0.2, 48, 30, false, false);

    public Assumptions {
        check("the batch size", batchSize, 1, 10_000);
        check("the writes at once", writesAtOnce, 1, 256);
        check("the milliseconds of a write", writeMillis, 0.1, 10_000);
        check("the headroom", headroom, 0, 0.9);
        check("the stream's retention in hours", retentionHours, 24, 8_760);
        check("the days that events are kept", keepDays, 0, 36_500);
    }

    private static void check(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s must be from %s to %s, found %s".formatted(what, plain(least), plain(most), plain(value)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
