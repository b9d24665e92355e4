package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard forward, for readers of the same process. Confined to one owner at a time; only {@link #close} may be
 * called by other threads.
 */
public final class ShardCursor implements AutoCloseable {

    /** A read returns at most as much data as a call of GetRecords. */
    private static final long MAX_BYTES = GetActions.MAX_BYTES;

    private final StreamHandle stream;
    private final Shard shard;
    private final Object guard = new Object();
    private long position;
    private boolean closed;
    private @Nullable ShardWaiter waiter;

    ShardCursor(StreamHandle stream, Shard shard, long position) {
        this.stream = requireNonNull(stream, "stream");
        this.shard = requireNonNull(shard, "shard");
        this.position = position;
    }

    /** Returns the id of the shard. */
    public ShardId shardId() {
        return shard.id();
    }

    /**
     * Reads the next records, at most 10 MiB of them, and moves the cursor past them.
     *
     * @param limit the maximum number of records
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceNotFoundException if the stream was deleted
     */
    public CursorRead read(int limit) {
        ShardRead read = stream.read(shard, position, limit, MAX_BYTES);
        position = read.next();
        return new CursorRead(
                read.records(),
                read.atEnd(),
                read.millisBehindLatest(),
                new Expired(read.skipped().records(), read.skipped().lastSequenceNumber()));
    }

    /**
     * Returns a stage that completes when {@link #read} has news: a record, the end of the shard, or the end of the
     * stream. It completes on the writer's thread, so dependent actions must be short or run elsewhere.
     */
    public CompletionStage<Void> awaitRecords() {
        synchronized (guard) {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            ShardWaiter next = shard.await(position);
            waiter = next;
            return next.woken();
        }
    }

    /** Completes a pending {@link #awaitRecords} and removes it from the shard. */
    @Override
    public void close() {
        ShardWaiter last;
        synchronized (guard) {
            closed = true;
            last = waiter;
            waiter = null;
        }
        if (last != null) {
            shard.forget(last);
            last.wake();
        }
    }

    /**
     * The result of a read.
     *
     * @param records the records, oldest first
     * @param endOfShard whether the shard is closed and these are its last records
     * @param millisBehindLatest the age of the next unread record; 0 at the tip
     * @param expired the records that expired before the cursor reached them
     */
    public record CursorRead(
            List<KinesisRecord> records, boolean endOfShard, long millisBehindLatest, Expired expired) {

        public CursorRead {
            records = List.copyOf(records);
        }
    }

    /**
     * Records that expired unread.
     *
     * @param records their number
     * @param lastSequenceNumber the youngest of them; null if there are none
     */
    public record Expired(long records, @Nullable SequenceNumber lastSequenceNumber) {}
}
