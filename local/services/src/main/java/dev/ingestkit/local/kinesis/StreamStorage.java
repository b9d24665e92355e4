package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.OutsideEntries;
import dev.ingestkit.local.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps streams in a store: the definition of each under its serial number, its records by {@link StoredShard}. Beside
 * a store in memory, records stay in their shards, and views of the store read them there. Without a store nothing is
 * kept. Thread-safe.
 */
final class StreamStorage {

    /** Keeps nothing: streams end with the process. */
    static final StreamStorage NONE = new StreamStorage(null, null);

    private static final String STREAMS = "kinesis/streams";
    private static final String ACCOUNT = "kinesis/account";
    private static final byte[] TOKEN_KEY = "token-key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMITMENT = "throughput-commitment".getBytes(StandardCharsets.UTF_8);

    private final @Nullable Store store;
    private final @Nullable MemoryStore besideRecords;
    private final Map<Long, byte[]> saved = new ConcurrentHashMap<>();

    private StreamStorage(@Nullable Store store, @Nullable MemoryStore besideRecords) {
        this.store = store;
        this.besideRecords = besideRecords;
    }

    static StreamStorage in(Store store) {
        return new StreamStorage(requireNonNull(store, "store"), null);
    }

    /** Returns a storage that has definitions in a store in memory, and leaves records to their shards. */
    static StreamStorage beside(MemoryStore store) {
        return new StreamStorage(requireNonNull(store, "store"), store);
    }

    ShardStorage shard(long streamSerial, int index) {
        if (store == null) {
            return ShardStorage.NONE;
        }
        return besideRecords != null ? new MemoryShard(besideRecords) : new StoredShard(store, streamSerial, index);
    }

    /** Adds the records that are in shards only to the views of the store. */
    void freezeWith(OutsideEntries records) {
        if (besideRecords != null) {
            besideRecords.addOutside(records);
        }
    }

    /** Keeps a stream's definition with these shards, if it has changed. */
    void save(KinesisStream stream, ShardTable shards) {
        if (store == null) {
            return;
        }
        long serial = stream.identity().serial();
        byte[] definition = StreamCodec.write(stream, shards).toString().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(definition, saved.put(serial, definition))) {
            store.commit(new Batch().put(STREAMS, key(serial), definition));
        }
    }

    /** Removes a stream with its records, to which nothing may be appended from now on. */
    void delete(KinesisStream stream) {
        if (store != null) {
            long serial = stream.identity().serial();
            saved.remove(serial);
            store.commit(StoredShard.drop(new Batch().remove(STREAMS, key(serial)), serial));
        }
    }

    /** Returns the streams of an earlier process, with their records. */
    List<KinesisStream> load(KinesisStream.Context context) {
        List<KinesisStream> streams = new ArrayList<>();
        if (store == null) {
            return streams;
        }
        ByteCursor definitions = store.map(STREAMS).all();
        while (definitions.next()) {
            saved.put(ByteBuffer.wrap(definitions.key()).getLong(), definitions.value());
            streams.add(StreamCodec.read(parsed(definitions.value()), context, store));
        }
        dropOrphans(store, besideRecords == null ? streams : List.of());
        return streams;
    }

    /** Drops records that were appended while their stream was being deleted, and those that only shards have now. */
    private static void dropOrphans(Store store, List<KinesisStream> streams) {
        Set<String> known = new HashSet<>();
        streams.forEach(stream -> {
            known.add(StoredShard.recordsOf(stream.identity().serial()));
            known.add(StoredShard.positionsOf(stream.identity().serial()));
        });
        Batch batch = new Batch();
        store.names().stream()
                .filter(name -> StoredShard.isMap(name) && !known.contains(name))
                .forEach(batch::drop);
        store.commit(batch);
    }

    /** Returns the key of iterators, which survive a restart as their streams do. */
    byte[] tokenKey(RandomGenerator random) {
        byte[] key = store == null ? null : store.map(ACCOUNT).get(TOKEN_KEY);
        if (key == null) {
            key = new byte[Tokens.KEY_BYTES];
            random.nextBytes(key);
            if (store != null) {
                store.commit(new Batch().put(ACCOUNT, TOKEN_KEY, key));
            }
        }
        return key;
    }

    /** Keeps the account's throughput commitment. */
    void save(Commitment commitment) {
        if (store != null) {
            store.commit(new Batch().put(ACCOUNT, COMMITMENT, commitment.encode()));
        }
    }

    /** Returns the throughput commitment of an earlier process. */
    Commitment commitment() {
        byte[] kept = store == null ? null : store.map(ACCOUNT).get(COMMITMENT);
        return kept == null ? Commitment.NONE : Commitment.decode(kept);
    }

    private static byte[] key(long serial) {
        return ByteBuffer.allocate(Long.BYTES).putLong(serial).array();
    }

    private static ObjectNode parsed(byte[] definition) {
        return (ObjectNode) Json.stored(definition, "the definition of a stream");
    }
}
