package dev.ingestkit.cli.deadletter;

import java.util.List;

/** A way back for records. */
public interface RedriveRoute {

    /**
     * Where a record, or several in a row, went.
     *
     * @param stream the stream's name or ARN
     * @param from the first one's sequence number
     * @param to the last one's
     */
    record Place(String stream, String shard, String from, String to) {}

    /**
     * What became of records.
     *
     * @param failures why not, for those that did not arrive; empty when all are safe
     * @param places where a further failure of them would show
     */
    record Brought(List<String> failures, List<Place> places) {

        public Brought {
            failures = List.copyOf(failures);
            places = List.copyOf(places);
        }

        boolean allSafe() {
            return failures.isEmpty();
        }
    }

    /** Brings records back, in order. */
    Brought bring(List<ShardRecord> records, Pace pace);
}
