package dev.ingestkit.cli.plan;

/**
 * The assumptions of a plan, each of which an option can change.
 *
 * @param batchSize the template's BatchSize
 * @param writesAtOnce the template's WriterConcurrency
 * @param writeMillis the latency of one write to DynamoDB
 * @param headroom the share of a shard that is kept free for peaks, 0 to 0.9
 * @param retentionHours the template's RetentionHours
 * @param keepDays the days that events stay in the table
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
        check("the writer's concurrency", writesAtOnce, 1, 256);
        check("the latency of a write in milliseconds", writeMillis, 0.1, 10_000);
        check("the headroom", headroom, 0, 0.9);
        check("the stream's retention in hours", retentionHours, 24, 8_760);
        check("the days that events stay in the table", keepDays, 0, 36_500);
    }

    private static void check(String what, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    "%s must be %s to %s, but is %s".formatted(what, plain(min), plain(max), plain(value)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
