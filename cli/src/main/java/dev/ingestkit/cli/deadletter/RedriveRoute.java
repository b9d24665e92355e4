package dev.ingestkit.cli.deadletter;

import java.util.List;

/** A way back for records. */
public interface RedriveRoute {

    /**
     * Brings records back.
     *
     * @return why not, for those that did not arrive; empty when all are safe
     */
    List<String> bring(List<ShardRecord> records);
}
