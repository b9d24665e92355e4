package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All streams: those that are open, and those that ended less than 24 hours ago. Each has one shard. Thread-safe. */
final class Streams implements StreamActions {
    /** The time for which a record can be read. */
    static final Duration RETENTION = Duration.ofHours(24);

    private static final String DEFINITIONS = "streams";
    private static final int MAX_PAGE_BYTES = 1 << 20;

    private final Store store;
    private final InstantSource clock;
    private final Map<String, StreamLog> logs = new ConcurrentSkipListMap<>();

    Streams(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        for (ByteCursor stored = store.map(DEFINITIONS).all(); stored.next(); ) {
            StreamLog log = decode(Item.decode(stored.value()));
            logs.put(log.key(), log);
        }
    }

    @Nullable
    StreamLog log(String table, String label) {
        return logs.get(StreamLog.key(table, label));
    }

    /** Opens the stream of a table's definition, by changes that the caller commits. */
    StreamLog open(TableDefinition table, TableDefinition.StreamDefinition stream, Batch batch) {
        StreamLog log = new StreamLog(table, stream, clock.instant());
        StreamLog former = logs.get(log.key());
        if (former != null) {
            // A reader's position in a stream of the same name must not hide the records of the new one.
            long next = former.visibleEnd();
            log = new StreamLog(log.identity(), next, next, true);
            batch.drop(log.map());
        }
        logs.put(log.key(), log);
        return save(log, batch);
    }

    /** Ends the stream, by changes that the caller commits; its records stay readable. */
    void close(StreamLog log, Batch batch) {
        log.close();
        save(log, batch);
    }

    private static StreamLog save(StreamLog log, Batch batch) {
        batch.put(DEFINITIONS, log.key().getBytes(StandardCharsets.UTF_8), encode(log));
        return log;
    }

    /** Deletes records older than 24 hours, and streams that ended and have none left. */
    void trim() {
        long limit = clock.instant().minus(RETENTION).toEpochMilli();
        for (StreamLog log : List.copyOf(logs.values())) {
            Batch batch = new Batch();
            long oldest = log.oldest();
            ByteCursor records = store.map(log.map()).all();
            while (records.next() && StreamRecordCodec.time(records.value()) < limit) {
                batch.remove(log.map(), records.key());
                oldest = StreamRecordCodec.position(records.key()) + 1;
            }
            if (!log.isOpen() && oldest >= log.visibleEnd() && log.created().toEpochMilli() < limit) {
                batch.drop(log.map());
                batch.remove(DEFINITIONS, log.key().getBytes(StandardCharsets.UTF_8));
                logs.remove(log.key());
            } else if (!batch.isEmpty()) {
                log.trimTo(oldest);
                save(log, batch);
            }
            store.commit(batch);
        }
    }

    @Override
    public List<StreamInfo> list(@Nullable String table) {
        List<StreamInfo> infos = new ArrayList<>();
        for (StreamLog log : logs.values()) {
            if (table == null || log.table().equals(table)) {
                infos.add(info(log));
            }
        }
        return infos;
    }

    @Override
    public @Nullable StreamInfo find(String table, String label) {
        StreamLog log = log(table, label);
        return log == null ? null : info(log);
    }

    private static StreamInfo info(StreamLog log) {
        long next = log.visibleEnd();
        ShardInfo shard =
                new ShardInfo(shardId(log), null, 1, log.oldest(), next, log.isOpen() ? null : Math.max(1, next - 1));
        return new StreamInfo(
                log.table(), log.label(), log.view(), log.keys(), log.created(), log.isOpen(), List.of(shard));
    }

    /** Returns the id of a stream's shard, of the form that DynamoDB gives them. */
    private static String shardId(StreamLog log) {
        return "shardId-" + "0".repeat(7) + log.created().toEpochMilli() + "-"
                + Integer.toHexString(log.key().hashCode() | 0x10000000);
    }

    private StreamLog log(ShardRef shard) {
        StreamLog log = log(shard.table(), shard.label());
        if (log == null || !shardId(log).equals(shard.shard())) {
            throw TableException.of("ResourceNotFoundException", "Requested resource not found");
        }
        return log;
    }

    @Override
    public CompletableFuture<Void> await(ShardRef shard, long position) {
        return log(shard).await(position);
    }

    @Override
    public StreamPage read(ShardRef shard, long position, int limit) {
        StreamLog log = log(shard);
        if (position < log.oldest()) {
            throw TableException.of(
                    "TrimmedDataAccessException",
                    "The operation attempted to read past the oldest stream record in a shard.");
        }
        boolean open = log.isOpen();
        long end = log.visibleEnd();
        Instant limitTime = clock.instant().minus(RETENTION);
        List<StreamRecord> records = new ArrayList<>();
        ByteCursor stored =
                store.map(log.map()).range(StreamRecordCodec.key(position), StreamRecordCodec.key(end), true);
        long next = position;
        int bytes = 0;
        while (records.size() < limit && bytes < MAX_PAGE_BYTES && stored.next()) {
            StreamRecord record = StreamRecordCodec.decode(stored.key(), stored.value());
            next = record.sequence() + 1;
            if (record.time().isAfter(limitTime)) {
                records.add(record);
                bytes += stored.value().length;
            }
        }
        boolean atEnd = records.size() < limit && bytes < MAX_PAGE_BYTES;
        return new StreamPage(records, atEnd ? Math.max(next, end) : next, !open && (atEnd || next >= end));
    }

    private static byte[] encode(StreamLog log) {
        ValueWriter writer = new ValueWriter(128);
        writer.startMap();
        DefinitionCodec.text(writer, "table", log.table());
        DefinitionCodec.text(writer, "label", log.label());
        DefinitionCodec.text(writer, "view", log.view().name());
        DefinitionCodec.keys(writer, log.keys());
        writer.name("created");
        writer.number(DynamoNumber.of(log.created().toEpochMilli()));
        writer.name("oldest");
        writer.number(DynamoNumber.of(log.oldest()));
        writer.name("open");
        writer.bool(log.isOpen());
        writer.endMap();
        return writer.toItem().encoded();
    }

    private StreamLog decode(Item stored) {
        String table = DefinitionCodec.required(stored, "table").string();
        String label = DefinitionCodec.required(stored, "label").string();
        Value oldest = DefinitionCodec.required(stored, "oldest");
        long first = oldest.number().toBigDecimal().longValueExact();
        ByteCursor last = store.map("s/" + StreamLog.key(table, label)).range(null, null, false);
        long next = last.next() ? StreamRecordCodec.position(last.key()) + 1 : first;
        return new StreamLog(
                new StreamLog.Identity(
                        table,
                        label,
                        StreamView.valueOf(
                                DefinitionCodec.required(stored, "view").string()),
                        DefinitionCodec.keys(stored),
                        DefinitionCodec.instant(stored, "created")),
                first,
                Math.max(first, next),
                DefinitionCodec.required(stored, "open").bool());
    }
}
