package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.ParkedFormat;
import dev.ingestkit.core.deadletter.ReasonCode;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.core.item.Encoding;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.Encoding.Unstorable;
import dev.ingestkit.handlers.writer.DeadLetterQueue.QueueException;
import dev.ingestkit.handlers.writer.Outcome.Done;
import dev.ingestkit.handlers.writer.Outcome.Stopped;
import dev.ingestkit.handlers.writer.WriteResult.Failed;
import dev.ingestkit.handlers.writer.WriteResult.Refused;
import dev.ingestkit.handlers.writer.WriteResult.Unexpected;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores one event in the table, or parks it in the dead letter queue. Thread-safe; callers must not process two
 * records of one id at the same time.
 */
final class EventProcessor {

    /** Other writers may write the same id at the same time, but hardly this often. */
    private static final int MAX_WRITES = 5;

    private final EventTable table;
    private final DeadLetterQueue queue;
    private final ConflictRules rules;
    private final ParkedFormat format;

    EventProcessor(EventTable table, DeadLetterQueue queue, ConflictPolicy policy, Clock clock) {
        this.table = table;
        this.queue = queue;
        this.rules = new ConflictRules(policy, clock);
        this.format = new ParkedFormat(ParkedFormat.QUEUE_LIMIT);
    }

    Outcome process(EventRecord record, Encoding encoding) {
        return process(record, encoding, null);
    }

    /**
     * Processes a record.
     *
     * @param inserted the result of {@link #insert}, if that has tried to store the event
     */
    Outcome process(EventRecord record, Encoding encoding, @Nullable WriteResult inserted) {
        if (encoding instanceof Unstorable unstorable) {
            return park(
                    record,
                    unstorable.code(),
                    unstorable.text(),
                    unstorable.id().orElse(null));
        }
        return store(record, (Encoded) encoding, inserted);
    }

    /** Tries to store events by one call. Returns a result for each, with which {@link #process} continues. */
    List<WriteResult> insert(List<Encoded> events) {
        return table.insert(events.stream().map(rules::firstWrite).toList());
    }

    private Outcome store(EventRecord record, Encoded event, @Nullable WriteResult inserted) {
        TableWrite write = rules.firstWrite(event);
        for (int i = 0; i < MAX_WRITES; i++) {
            WriteResult result = i == 0 && inserted != null ? inserted : table.write(write);
            switch (result.kind()) {
                case WRITTEN -> {
                    return new Done(Outcome.Kind.STORED);
                }
                case FAILED -> {
                    return new Stopped(((Failed) result).reason());
                }
                case REFUSED -> {
                    return park(record, event, ReasonCode.TABLE_REFUSED, ((Refused) result).reason());
                }
                case UNEXPECTED -> {
                    ConflictRules.Decision decision = rules.decide(event, ((Unexpected) result).current());
                    if (decision.end() != null) {
                        return decision.end();
                    }
                    if (decision.next() == null) {
                        return park(
                                record,
                                event,
                                ReasonCode.CONFLICT,
                                "another payload is stored under this id, and the conflict policy is reject");
                    }
                    write = decision.next();
                }
            }
        }
        return new Stopped("other writers changed the event's item " + MAX_WRITES + " times in between");
    }

    private Outcome park(EventRecord record, Encoded event, ReasonCode code, String reason) {
        return park(record, code, reason, event.id().value());
    }

    private Outcome park(EventRecord record, ReasonCode code, String reason, @Nullable String eventId) {
        DeadLetter.Parked parked = new DeadLetter.Parked(
                code,
                reason,
                eventId,
                record.origin(),
                record.payload().length,
                PayloadDigest.sha256(record.payload()),
                record.payload());
        try {
            queue.send(format.write(parked));
            return new Outcome.Parked(code);
        } catch (QueueException e) {
            return new Stopped("to be parked (" + code + "), but " + e.getMessage());
        }
    }
}
