package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The actions on items. Reads wait for no write; writes of different keys run in parallel; transactions are
 * serializable among each other and with single writes. What a write has returned from is stored. Thread-safe.
 *
 * <p>All methods throw {@link TableException} with DynamoDB's error: ResourceNotFoundException for a table that does
 * not exist, ValidationException for keys and items that do not fit the table.
 */
public interface ItemActions {
    /** Reads one item. */
    Got get(GetRequest request);

    /**
     * Puts, updates or deletes one item.
     *
     * @throws TableException also ConditionalCheckFailedException
     */
    Written write(WriteRequest request);

    /** Reads the items of one partition by their sort keys. */
    ItemPage query(QueryRequest request);

    /** Reads the items of a table or index in the order of their partitions' hashes. */
    ItemPage scan(ScanRequest request);

    /** Reads many items; at most 16 MB are returned. */
    List<BatchGet.Result> batchGet(List<BatchGet> request);

    /** Puts and deletes many items, each on its own; returns the consumption by table. */
    List<Consumed> batchWrite(List<WriteRequest> request);

    /**
     * Reads items as of one moment, in the order of the requests.
     *
     * @throws TableException also TransactionCanceledException with its reasons
     */
    List<Got> transactGet(List<GetRequest> request);

    /**
     * Does all writes or none; returns the consumption by table. A token used within 10 minutes for the same request
     * does nothing again.
     *
     * @throws TableException also TransactionCanceledException with its reasons, IdempotentParameterMismatchException
     */
    List<Consumed> transactWrite(List<WriteRequest> request, @Nullable IdempotencyToken token);

    /** Returns the bytes that the partition of the key has in the table and its local indexes. */
    long itemCollectionSize(String table, Item key);
}
