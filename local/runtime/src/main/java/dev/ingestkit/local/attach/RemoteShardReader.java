package dev.ingestkit.local.attach;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Records;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads a shard of another endpoint by polling. Records found by a wait are kept for the next read, at most one page of
 * them. Expired iterators are renewed at the reader's position. Calls follow one another; closing is possible at any
 * time.
 */
final class RemoteShardReader implements ShardReader {

    private static final int MAX_RECORDS = 10_000;

    private final RemoteShard shard;
    private final Duration betweenReads;
    private final Deque<StreamRecord> found = new ArrayDeque<>();
    private volatile boolean closed;
    private Position position;
    private @Nullable String iterator;
    private long millisBehindLatest;
    private int limit = 1;
    private long readAt;

    /**
     * Creates a reader.
     *
     * @param position the position of {@code iterator}, to renew it
     * @param betweenReads the minimum time between two reads
     */
    RemoteShardReader(RemoteShard shard, Position position, String iterator, Duration betweenReads) {
        this.shard = shard;
        this.position = position;
        this.iterator = iterator;
        this.betweenReads = betweenReads;
        this.readAt = System.nanoTime() - betweenReads.toNanos();
    }

    @Override
    public synchronized CompletionStage<Records> read(int wanted) {
        limit = Math.max(1, Math.min(MAX_RECORDS, wanted));
        if (!found.isEmpty() || iterator == null) {
            return CompletableFuture.completedFuture(taken());
        }
        return fetch().thenApply(fetched -> taken());
    }

    private synchronized Records taken() {
        List<StreamRecord> records = new ArrayList<>(Math.min(limit, found.size()));
        while (records.size() < limit && !found.isEmpty()) {
            records.add(found.removeFirst());
        }
        return new Records(records, iterator == null && found.isEmpty(), millisBehindLatest);
    }

    @Override
    public CompletionStage<Void> awaitRecords() {
        CompletableFuture<Void> news = new CompletableFuture<>();
        poll(news);
        return news;
    }

    /**
     * Polls until there are records. Each round ends before the next begins, so that nothing accumulates while a shard
     * is silent for days.
     */
    private void poll(CompletableFuture<Void> news) {
        if (closed || hasNews()) {
            news.complete(null);
            return;
        }
        CompletionStage<Void> unused = fetch().whenComplete((fetched, failure) -> {
            if (failure == null) {
                poll(news);
            } else {
                news.completeExceptionally(Completions.unwrap(failure));
            }
        });
    }

    private synchronized boolean hasNews() {
        return !found.isEmpty() || iterator == null;
    }

    /** Reads one more page, no sooner than the shard allows. */
    private synchronized CompletableFuture<Void> fetch() {
        long wait = readAt + betweenReads.toNanos() - System.nanoTime();
        return wait <= 0
                ? fetchNow()
                : AwsClient.after(Duration.ofNanos(wait).plusMillis(1)).thenCompose(waited -> fetchNow());
    }

    private synchronized CompletableFuture<Void> fetchNow() {
        String from = iterator;
        if (closed || from == null) {
            return CompletableFuture.completedFuture(null);
        }
        readAt = System.nanoTime();
        return shard.records(from, limit).thenAccept(this::take).exceptionallyCompose(failure -> {
            Throwable cause = Completions.unwrap(failure);
            return isExpired(cause) ? renewed() : CompletableFuture.failedFuture(cause);
        });
    }

    private static boolean isExpired(Throwable failure) {
        return failure instanceof AwsErrorException error && error.code().equals("ExpiredIteratorException");
    }

    private CompletableFuture<Void> renewed() {
        return shard.iteratorAt(position()).thenCompose(renewed -> {
            continueAt(renewed);
            return fetch();
        });
    }

    private synchronized Position position() {
        return position;
    }

    private synchronized void continueAt(String renewed) {
        iterator = renewed;
    }

    private synchronized void take(RemoteShard.Page page) {
        iterator = page.nextIterator();
        millisBehindLatest = page.millisBehindLatest();
        if (!page.records().isEmpty()) {
            StreamRecord last = page.records().get(page.records().size() - 1);
            position = new Position.AfterSequenceNumber(last.sequenceNumber());
            found.addAll(page.records());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
