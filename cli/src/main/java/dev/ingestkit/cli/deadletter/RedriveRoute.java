package dev.ingestkit.cli.deadletter;

import java.util.List;

/** A route by which records are redriven. */
public interface RedriveRoute {

    /**
     * The position of a record, or of several consecutive ones.
     *
     * @param stream the stream's name or ARN
     * @param from the first record's sequence number
     * @param to the last record's sequence number
     */
    record Range(String stream, String shard, String from, String to) {}

    /**
     * The result of a redrive of records.
     *
     * @param failures the reason for each failed record; empty when all are safe
     * @param ranges the ranges that another dead letter of these records would name
     */
    record Result(List<String> failures, List<Range> ranges) {

        public Result {
            failures = List.copyOf(failures);
            ranges = List.copyOf(ranges);
        }

        boolean allSafe() {
            return failures.isEmpty();
        }
    }

    /** Redrives records in order. */
    Result redrive(List<ShardRecord> records, RedrivePace pace);
}
