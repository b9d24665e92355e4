package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.error.TableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The streams of tables. A stream outlives its end for 24 hours, as its records do. Positions are sequence numbers: a
 * read at a position gives the records from it on. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html">Streams</a>
 */
public interface StreamActions {
    /** Returns the streams of one table, or of all where it is null, in the order of tables and labels. */
    List<StreamInfo> list(@Nullable String table);

    /** Returns one stream, or null if there is none of that table and label. */
    @Nullable
    StreamInfo find(String table, String label);

    /**
     * Reads records of a shard from a position on.
     *
     * @throws TableException TrimmedDataAccessException if the position is older than the oldest record kept,
     *     ResourceNotFoundException if the stream or shard does not exist
     */
    StreamPage read(ShardRef shard, long position, int limit);

    /**
     * Completes when {@link #read} at the position has a record or the shard's end to return, at once if it already
     * has. Complete the stage to cancel the wait.
     *
     * @throws TableException ResourceNotFoundException if the stream or shard does not exist
     */
    CompletableFuture<Void> await(ShardRef shard, long position);

    /**
     * A stream.
     *
     * @param enabled whether changes still go to it
     */
    record StreamInfo(
            String table,
            String label,
            StreamView view,
            KeySchema keys,
            Instant created,
            boolean enabled,
            List<ShardInfo> shards) {}

    /**
     * A shard.
     *
     * @param first the sequence number that the shard starts with
     * @param oldest the position of the oldest record kept: TRIM_HORIZON
     * @param next the position after the newest record: LATEST
     * @param last the sequence number that a closed shard ends with; null while it is open
     */
    record ShardInfo(
            String id,
            @Nullable String parent,
            long first,
            long oldest,
            long next,
            @Nullable Long last) {}

    /** Names a shard of a stream. */
    record ShardRef(String table, String label, String shard) {}

    /**
     * Records, and the position at which to continue.
     *
     * @param ended whether the shard is closed and has no more records
     */
    record StreamPage(List<StreamRecord> records, long next, boolean ended) {}
}
