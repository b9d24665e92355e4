package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.store.StoreView;
import java.io.IOException;

/**
 * A shard's records before a position, as entries of a store. The shard keeps them until they expire; those that have
 * expired when the entries are read are left out.
 */
final class FrozenShard implements StoreView {

    private final long streamSerial;
    private final Shard shard;
    private final long end;

    FrozenShard(long streamSerial, Shard shard, long end) {
        this.streamSerial = streamSerial;
        this.shard = requireNonNull(shard, "shard");
        this.end = end;
    }

    /**
     * Retained records.
     *
     * @param first the position of the first one
     * @param lastTrimmedArrival when the last record before them arrived; 0 if there was none
     */
    record Records(long first, long lastTrimmedArrival, long[] arrivals, String[] keys, byte[][] data) {}

    @Override
    public void each(Entries entries) throws IOException {
        Records records = shard.copyBefore(end);
        if (records.first() > 0) {
            entries.entry(
                    StoredShard.positionsOf(streamSerial),
                    StoredShard.shardKey(shard.index()),
                    StoredShard.state(records.first(), records.lastTrimmedArrival()));
        }
        String map = StoredShard.recordsOf(streamSerial);
        for (int at = 0; at < records.arrivals().length; at++) {
            entries.entry(
                    map,
                    StoredShard.key(shard.index(), records.first() + at),
                    StoredShard.value(records.arrivals()[at], records.keys()[at], records.data()[at]));
        }
    }
}
