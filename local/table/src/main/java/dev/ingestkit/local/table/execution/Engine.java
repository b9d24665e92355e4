package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.BatchGet;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.engine.IdempotencyToken;
import dev.ingestkit.local.table.engine.ItemActions;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.TableCatalog;
import dev.ingestkit.local.table.engine.TableListener;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.item.Item;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables over a store: everything that DynamoDB does between reading a request and writing its answer. The engine
 * starts no threads and reads no clock but the given one: {@link #sweep()} deletes expired items and old stream
 * records. Thread-safe.
 */
public final class Engine implements ItemActions {
    private final Streams streams;
    private final Catalog catalog;
    private final Writes writes;
    private final Reads reads;
    private final Pages pages;
    private final Transactions transactions;
    private final Ttl ttl;

    /**
     * Opens the tables that the store holds.
     *
     * @param store closed by the caller, after this engine
     */
    public Engine(Store store, InstantSource clock, TableListener listener) {
        KeyLocks locks = new KeyLocks();
        streams = new Streams(store, clock);
        catalog = new Catalog(store, streams);
        writes = new Writes(catalog, store, locks, clock, listener);
        reads = new Reads(catalog, store);
        pages = new Pages(catalog, store);
        transactions = new Transactions(catalog, store, locks, writes, new TokenMemory(store, clock));
        ttl = new Ttl(catalog, store, locks, writes, clock);
    }

    /** Returns the tables. */
    public TableCatalog tables() {
        return catalog;
    }

    /** Returns the streams. */
    public StreamActions streams() {
        return streams;
    }

    /** Deletes items that are expired and stream records older than 24 hours; returns the number of items. */
    public int sweep() {
        int deleted = ttl.sweep();
        streams.trim();
        return deleted;
    }

    @Override
    public Got get(GetRequest request) {
        return reads.get(request);
    }

    @Override
    public Written write(WriteRequest request) {
        return writes.write(request);
    }

    @Override
    public ItemPage query(QueryRequest request) {
        return pages.query(request);
    }

    @Override
    public ItemPage scan(ScanRequest request) {
        return pages.scan(request);
    }

    @Override
    public List<BatchGet.Result> batchGet(List<BatchGet> request) {
        return reads.batch(request);
    }

    @Override
    public List<Consumed> batchWrite(List<WriteRequest> request) {
        return writes.batch(request);
    }

    @Override
    public List<Got> transactGet(List<GetRequest> request) {
        return transactions.get(request);
    }

    @Override
    public List<Consumed> transactWrite(List<WriteRequest> request, @Nullable IdempotencyToken token) {
        return transactions.write(request, token);
    }

    @Override
    public long itemCollectionSize(String table, Item key) {
        return reads.itemCollectionSize(table, key);
    }
}
