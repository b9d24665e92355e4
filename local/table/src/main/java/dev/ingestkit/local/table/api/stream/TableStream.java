package dev.ingestkit.local.table.api.stream;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.StreamActions.ShardInfo;
import dev.ingestkit.local.table.engine.StreamActions.ShardRef;
import dev.ingestkit.local.table.engine.StreamActions.StreamInfo;
import dev.ingestkit.local.table.engine.StreamActions.StreamPage;
import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One stream of a table for readers of this process: its records as Lambda hands them to functions, and a stage that
 * completes with the next record instead of polling. Positions rise with the records; a read gives the records from a
 * position on. Thread-safe.
 */
public final class TableStream {
    private static final int LOOKUP_PAGE = 1_000;

    private final ApiContext context;
    private final String arn;
    private final StreamInfo stream;
    private final RecordForm form;

    private TableStream(ApiContext context, String arn, StreamInfo stream) {
        this.context = context;
        this.arn = arn;
        this.stream = stream;
        this.form = RecordForm.ofEvent(context.arns(), arn, stream.view());
    }

    /** Returns the stream that an ARN names; empty if there is none. */
    public static Optional<TableStream> find(ApiContext context, String arn) {
        StreamArn name = StreamArn.parse(arn);
        return Optional.ofNullable(name)
                .map(named -> context.streams().find(named.table(), named.label()))
                .filter(found -> arn.equals(context.arns().stream(found.table(), found.label())))
                .map(found -> new TableStream(context, arn, found));
    }

    /** Returns the stream's ARN. */
    public String arn() {
        return arn;
    }

    /** Returns the table's name. */
    public String table() {
        return stream.table();
    }

    /** Returns the shards as they are now; none once the stream is gone, a day after it was disabled. */
    public List<ShardInfo> shards() {
        StreamInfo now = streams().find(stream.table(), stream.label());
        return now == null ? List.of() : now.shards();
    }

    /**
     * Returns a shard as it is now.
     *
     * @throws TableException ResourceNotFoundException if the stream has no such shard
     */
    public ShardInfo shard(String id) {
        return shards().stream()
                .filter(shard -> shard.id().equals(id))
                .findFirst()
                .orElseThrow(() -> TableException.of(
                        "ResourceNotFoundException",
                        "Requested resource not found: Shard: " + id + " in stream " + arn + " not found"));
    }

    private StreamActions streams() {
        return context.streams();
    }

    private ShardRef ref(String shard) {
        return new ShardRef(stream.table(), stream.label(), shard);
    }

    /** Returns the position of the first record that is not older than the time. */
    public long since(String shard, Instant time) {
        return firstSince(streams(), ref(shard), shard(shard).oldest(), time);
    }

    static long firstSince(StreamActions streams, ShardRef shard, long oldest, Instant time) {
        long position = oldest;
        while (true) {
            StreamPage page = streams.read(shard, position, LOOKUP_PAGE);
            for (StreamRecord record : page.records()) {
                if (!record.time().isBefore(time)) {
                    return record.sequence();
                }
            }
            if (page.records().isEmpty() || page.ended()) {
                return page.next();
            }
            position = page.next();
        }
    }

    /**
     * Returns the position of the record with a sequence number.
     *
     * @throws TableException ValidationException for a text that cannot be one
     */
    public static long position(String sequenceNumber) {
        long position = Sequences.parse(sequenceNumber);
        if (position < 0) {
            throw TableException.validation("Invalid SequenceNumber");
        }
        return position;
    }

    /** Returns the sequence number of the record at a position. */
    public static String sequenceNumber(long position) {
        return Sequences.text(position);
    }

    /**
     * Reads records. Those that have left the stream after 24 hours are skipped and counted.
     *
     * @throws TableException ResourceNotFoundException if the stream or shard no longer exists
     */
    public Page read(String shard, long position, int limit) {
        long from = Math.max(position, shard(shard).oldest());
        StreamPage page = streams().read(ref(shard), from, limit);
        List<Change> changes = new ArrayList<>(page.records().size());
        for (StreamRecord record : page.records()) {
            changes.add(change(record));
        }
        return new Page(changes, page.next(), page.ended(), from - position);
    }

    private Change change(StreamRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = ItemJson.FACTORY.createGenerator(out)) {
            form.write(json, record);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write a record to memory", impossible);
        }
        String key = new String(record.keys().encoded(), StandardCharsets.ISO_8859_1);
        return new Change(Sequences.text(record.sequence()), key, record.time(), out.toByteArray());
    }

    /** Completes when a read at the position has a record or the shard's end to return, at once if it already has. */
    public CompletableFuture<Void> await(String shard, long position) {
        return streams().await(ref(shard), position);
    }

    /**
     * A record.
     *
     * @param key the same text for all changes of one item, and for no other item
     * @param event the record in a function's event: a JSON object in UTF-8
     */
    public record Change(String sequenceNumber, String key, Instant time, byte[] event) {

        public Change {
            requireNonNull(sequenceNumber, "sequenceNumber");
            requireNonNull(key, "key");
            requireNonNull(time, "time");
            requireNonNull(event, "event");
        }
    }

    /**
     * The result of a read.
     *
     * @param next the position at which to continue
     * @param ended whether the shard is closed and has nothing behind these records
     * @param trimmed how many records were gone already, counted from the position
     */
    public record Page(List<Change> changes, long next, boolean ended, long trimmed) {

        public Page {
            changes = List.copyOf(changes);
        }
    }
}
