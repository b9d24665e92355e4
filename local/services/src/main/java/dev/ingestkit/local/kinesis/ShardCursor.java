package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads one shard forward in the same process. For one owner at a time; only {@link #close} may come from elsewhere. */
public final class ShardCursor implements AutoCloseable {

    /** A read never gives more data than a call of GetRecords would. */
    private static final long MOST_BYTES = GetActions.MOST_BYTES;

    private final StreamHandle stream;
    private final Shard shard;
    private final Object guard = new Object();
    private long position;
    private boolean closed;
    private @Nullable Waiter waiter;

    ShardCursor(StreamHandle stream, Shard shard, long position) {
        this.stream = requireNonNull(stream, "stream");
        this.shard = requireNonNull(shard, "shard");
        this.position = position;
    }

    public String shardId() {
        return shard.id();
    }

    /**
     * The next records, at most 10 MiB of them; the cursor moves on.
     *
     * @param limit at most so many
     * @throws dev.ingestkit.local.protocol.ServiceException ResourceNotFoundException when the stream was deleted
     */
    public CursorRead read(int limit) {
        ShardRead read = stream.read(shard, position, limit, MOST_BYTES);
        position = read.next();
        return new CursorRead(
                read.records(),
                read.atEnd(),
                read.millisBehindLatest(),
                new Expired(read.skipped().records(), read.skipped().lastSequenceNumber()));
    }

    /**
     * Completes when {@link #read} has something new to say: a record, or the shard's end, or the stream's. It does so on
     * the writer's thread, so what follows must be short or go elsewhere.
     */
    public CompletionStage<Void> awaitRecords() {
        synchronized (guard) {
            if (closed) {
                return CompletableFuture.completedFuture(null);
            }
            Waiter next = shard.await(position);
            waiter = next;
            return next.woken();
        }
    }

    /** Lets go of whoever waits: the stage completes, and nothing is kept by the shard. */
    @Override
    public void close() {
        Waiter last;
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
     * What a read gave.
     *
     * @param endOfShard the shard is closed and this was the last of it
     * @param millisBehindLatest 0 at the tip
     * @param expired what retention dropped before the cursor had reached it
     */
    public record CursorRead(
            List<KinesisRecord> records, boolean endOfShard, long millisBehindLatest, Expired expired) {

        public CursorRead {
            records = List.copyOf(records);
        }
    }

    /**
     * Records that are gone and were not read.
     *
     * @param lastSequenceNumber the youngest of them; empty if there are none
     */
    public record Expired(long records, String lastSequenceNumber) {}
}
