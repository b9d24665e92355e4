package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.deadletter.TableChanges;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects one event's entries from the journal. The journal names records by shard and sequence number, so these are
 * collected first: from records whose partition key or sequence number is the id, and from the table's item. It names
 * messages by their ids, which are collected from the ids in their bodies, from the item that an invocation stored and from
 * the failed invocations whose event holds the id. Not thread-safe.
 */
final class EventHistory {

    private final String id;
    private final Set<Position> positions = new HashSet<>();
    private final List<JournalEvent.Put> records = new ArrayList<>();
    /** The event's ids outside of streams: of messages, of invocations. */
    private final Set<String> ids = new HashSet<>();

    /** The messages that were sent with the id in their bodies. */
    private final Set<String> messages = new LinkedHashSet<>();

    /** The queues that a message has entered, among the entries read so far. */
    private final Set<String> queues = new HashSet<>();

    private final List<JournalEvent.Invoked> invoked = new ArrayList<>();
    /** The invocations that stored an item under the event's id. */
    private final Set<String> storing = new HashSet<>();

    /** The invocations whose only record was the event's: everything they stored, they stored for it. */
    private final Set<String> ownInvocations = new HashSet<>();

    /** The names of the streams that mappings read. */
    private final Map<String, String> streams = new HashMap<>();

    /** The position of a record; its stream may be unknown. */
    private record Position(@Nullable String stream, String shard, SequenceNumber number) {
        boolean isIn(@Nullable String otherStream, String otherShard) {
            return shard.equals(otherShard) && (stream == null || otherStream == null || stream.equals(otherStream));
        }
    }

    /** A shard of a table's stream. */
    private record TableShard(String table, String shard) {}

    /** Finds changes of an item in the streams of tables. */
    interface ChangeReader {

        /** Returns the changes of the item with a key that ranges of one shard hold, in the shard's order. */
        List<RecordOrigin> of(String key, String table, List<RecordRange> ranges);

        /** Returns a reader that finds nothing, for callers that need the records of streams only. */
        static ChangeReader none() {
            return (key, table, ranges) -> List.of();
        }
    }

    private final ChangeReader changes;
    private final Set<RecordRange> searched = new HashSet<>();

    /** The batches that table streams have delivered and that were not searched yet. */
    private final Map<TableShard, List<RecordRange>> delivered = new LinkedHashMap<>();

    private final List<JournalEvent.Attempt> single = new ArrayList<>();

    /** @param changes finds the item's changes, which the journal names by position only */
    EventHistory(String id, ChangeReader changes) {
        this.id = requireNonNull(id, "id");
        this.changes = requireNonNull(changes, "changes");
        ids.add(id);
    }

    /** Adds the id of a message that carries, or carried, the event, or of an invocation for it. */
    void addId(String messageOrRequest) {
        ids.add(messageOrRequest);
    }

    /** Adds a record that carries, or carried, the event. */
    void addRecord(String shard, String sequenceNumber) {
        positions.add(new Position(null, shard, SequenceNumber.parse(sequenceNumber)));
    }

    /** Reads the journal, twice if entries precede the first one that names a record. */
    List<JournalEntry> read(ControlClient control) {
        records.clear();
        single.clear();
        invoked.clear();
        queues.clear();
        control.journal(0, entry -> {
            find(entry.event());
            return true;
        });
        findChanges();
        single.forEach(this::findInvocation);
        invoked.forEach(this::findMessage);
        invoked.forEach(this::findInvocation);
        List<JournalEntry> history = new ArrayList<>();
        control.journal(0, entry -> {
            if (concerns(entry.event())) {
                history.add(entry);
            }
            return true;
        });
        return history;
    }

    private void find(JournalEvent event) {
        switch (event.kind()) {
            case PUT -> findRecord((JournalEvent.Put) event);
            case DELIVERED -> {
                JournalEvent.Delivered batch = (JournalEvent.Delivered) event;
                streams.put(batch.mapping(), Arn.nameIn(batch.stream()));
                deliver(batch);
            }
            case ATTEMPT -> findSingle((JournalEvent.Attempt) event);
            case INVOKED -> findInvoked((JournalEvent.Invoked) event);
            case STORED -> findStored((JournalEvent.Stored) event);
            case QUEUED -> findQueued((JournalEvent.Queued) event);
            case PARKED -> {
                JournalEvent.Parked message = (JournalEvent.Parked) event;
                findCarrier(message.messageId(), message.bodyIds());
            }
            case ACCEPTED, REJECTED, DEAD_LETTER, FILTERED, EXPIRED, DROPPED, FAULT, FUNCTION -> {
                // They name no position and no invocation that was not found before.
            }
        }
    }

    private void findRecord(JournalEvent.Put put) {
        if (put.partitionKey().equals(id) || put.sequenceNumber().equals(id)) {
            String stream = Arn.nameIn(put.stream());
            positions.add(new Position(stream, put.shardId(), SequenceNumber.parse(put.sequenceNumber())));
            records.add(put);
        }
    }

    private void findQueued(JournalEvent.Queued message) {
        findCarrier(message.messageId(), message.bodyIds());
        if (message.from() == null && ids.contains(message.messageId())) {
            messages.add(message.messageId());
        }
    }

    private void findInvoked(JournalEvent.Invoked call) {
        invoked.add(call);
        call.ids().forEach(called -> findCarrier(called, call.bodyIds()));
    }

    private void findCarrier(String messageId, List<String> bodyIds) {
        if (bodyIds.contains(id)) {
            ids.add(messageId);
        }
    }

    private void findStored(JournalEvent.Stored item) {
        if (item.key().equals(id) && item.requestId() != null) {
            storing.add(item.requestId());
        }
    }

    /** Learns the id of the only message of an invocation that is known to be for the event. */
    private void findMessage(JournalEvent.Invoked call) {
        boolean known =
                call.requestId() != null && (ids.contains(call.requestId()) || storing.contains(call.requestId()));
        if (known && call.ids().size() == 1) {
            ids.addAll(call.ids());
        }
    }

    private void findInvocation(JournalEvent.Invoked call) {
        if (call.requestId() != null
                && call.ids().size() == 1
                && ids.contains(call.ids().get(0))) {
            ownInvocations.add(call.requestId());
        }
    }

    private void deliver(JournalEvent.Delivered batch) {
        if (TableChanges.areIn(batch.range()) && searched.add(batch.range())) {
            TableShard shard = new TableShard(batch.stream(), batch.range().shardId());
            delivered.computeIfAbsent(shard, key -> new ArrayList<>()).add(batch.range());
        }
    }

    private void findChanges() {
        delivered.forEach((shard, batches) -> {
            for (RecordOrigin change : changes.of(id, shard.table(), batches)) {
                addRecord(change.shard(), change.sequenceNumber());
            }
        });
        delivered.clear();
    }

    private void findSingle(JournalEvent.Attempt attempt) {
        if (attempt.range().records() == 1 && attempt.requestId() != null) {
            single.add(attempt);
        }
    }

    private void findInvocation(JournalEvent.Attempt attempt) {
        if (attempt.requestId() != null && isIn(streams.get(attempt.mapping()), attempt.range())) {
            ownInvocations.add(attempt.requestId());
        }
    }

    /** Returns the records that {@link #read} has found, oldest first. */
    List<JournalEvent.Put> records() {
        return List.copyOf(records);
    }

    /** Returns the messages that entered a queue with the event's id, oldest first; several may have the same one. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /**
     * Returns whether the last batch with the event succeeded, and the last invocation for each message with it. A message
     * in a queue for which no function was ever invoked does not count, nor does a dead one that was sent again.
     */
    boolean isProcessed(List<JournalEntry> history) {
        Set<String> read = new HashSet<>();
        invoked.forEach(call -> read.add(Arn.nameIn(call.source())));
        ProcessedMessages processed = new ProcessedMessages(read, ids);
        history.forEach(entry -> processed.take(entry.event()));
        return processed.all();
    }

    /** Returns whether one of the entries is of a kind. */
    static boolean has(List<JournalEntry> history, JournalEvent.Kind kind) {
        return history.stream().anyMatch(entry -> entry.event().kind() == kind);
    }

    private boolean concerns(JournalEvent event) {
        return switch (event.kind()) {
            case PUT -> {
                JournalEvent.Put put = (JournalEvent.Put) event;
                yield isAt(Arn.nameIn(put.stream()), put.shardId(), put.sequenceNumber());
            }
            case ACCEPTED -> {
                JournalEvent.Accepted accepted = (JournalEvent.Accepted) event;
                yield accepted.shardId() != null
                        && accepted.sequenceNumber() != null
                        && isAt(null, accepted.shardId(), accepted.sequenceNumber());
            }
            case DELIVERED -> {
                JournalEvent.Delivered batch = (JournalEvent.Delivered) event;
                yield isIn(Arn.nameIn(batch.stream()), batch.range());
            }
            case ATTEMPT -> {
                JournalEvent.Attempt batch = (JournalEvent.Attempt) event;
                yield isIn(streams.get(batch.mapping()), batch.range());
            }
            case DEAD_LETTER -> {
                JournalEvent.DeadLetter batch = (JournalEvent.DeadLetter) event;
                yield isIn(Arn.nameIn(batch.stream()), batch.range());
            }
            case STORED -> {
                JournalEvent.Stored item = (JournalEvent.Stored) event;
                yield item.key().equals(id) || isOwn(item.requestId());
            }
            case PARKED -> isOwn((JournalEvent.Parked) event);
            case QUEUED -> isOwn((JournalEvent.Queued) event);
            case DROPPED -> isOwn((JournalEvent.Dropped) event);
            case INVOKED -> isOwn((JournalEvent.Invoked) event);
            case FILTERED -> {
                JournalEvent.Filtered filtered = (JournalEvent.Filtered) event;
                yield filtered.sequenceNumbers().stream()
                        .anyMatch(number -> isAt(streams.get(filtered.mapping()), filtered.shardId(), number));
            }
            case REJECTED -> ((JournalEvent.Rejected) event).path().endsWith("/" + id);
            case EXPIRED, FAULT, FUNCTION -> false;
        };
    }

    private boolean isOwn(JournalEvent.Queued message) {
        boolean own = ids.contains(message.messageId());
        if (own) {
            queues.add(message.queue());
        }
        return own;
    }

    /** Returns whether the entry is about one of the messages, or about a queue that has held one. */
    private boolean isOwn(JournalEvent.Dropped messages) {
        return messages.messageIds().isEmpty()
                ? queues.contains(messages.queue())
                : messages.messageIds().stream().anyMatch(ids::contains);
    }

    private boolean isOwn(JournalEvent.Parked message) {
        return ids.contains(message.messageId()) || isOwn(message.requestId());
    }

    private boolean isOwn(JournalEvent.Invoked call) {
        return call.ids().stream().anyMatch(ids::contains)
                || (call.requestId() != null && (ids.contains(call.requestId()) || storing.contains(call.requestId())));
    }

    private boolean isOwn(@Nullable String requestId) {
        return requestId != null && ownInvocations.contains(requestId);
    }

    private boolean isAt(@Nullable String stream, String shard, String number) {
        SequenceNumber wanted = SequenceNumber.parse(number);
        return positions.stream()
                .anyMatch(position ->
                        position.isIn(stream, shard) && position.number().equals(wanted));
    }

    private boolean isIn(@Nullable String stream, RecordRange range) {
        return positions.stream()
                .anyMatch(position ->
                        position.isIn(stream, range.shardId()) && range.holds(position.shard(), position.number()));
    }
}
