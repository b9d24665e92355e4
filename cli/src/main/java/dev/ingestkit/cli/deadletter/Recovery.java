package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.RecordOrigin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of dead letters, from the message itself or from the shard. Not thread-safe. */
public final class Recovery {

    private final ShardRangeReader shards;

    /** Creates a reader that uses the clients of one target. */
    public Recovery(AwsClients clients) {
        this.shards = new ShardRangeReader(requireNonNull(clients, "clients"));
    }

    /**
     * The recovered records.
     *
     * @param records the records in the shard's order
     * @param expired the number of records that are no longer in the stream
     * @param refusal Kinesis's reason for returning no records; null if there is none
     */
    public record Recovered(
            List<ShardRecord> records,
            int expired,
            @Nullable String refusal) {

        public Recovered {
            records = List.copyOf(records);
        }

        Recovered(List<ShardRecord> records, int expired) {
            this(records, expired, null);
        }

        /** Returns whether no record is missing. */
        public boolean complete() {
            return expired == 0;
        }

        /** Returns a description of the missing records, for people. */
        public String missing() {
            String gone = expired == 1 ? "1 record has expired" : "%,d records have expired".formatted(expired);
            return records.isEmpty()
                    ? gone + " from the stream, none are left" + (refusal == null ? "" : ": " + refusal)
                    : "%s from the stream, all before %s; %,d are left"
                            .formatted(gone, records.get(0).origin().sequenceNumber(), records.size());
        }

        /**
         * Returns a note if the range holds more records than the mapping gave up on: with parallelization it also
         * holds records of other partition keys, and the message does not tell them apart.
         */
        public String between(int givenUp) {
            return records.size() <= givenUp
                    ? ""
                    : "the range holds %,d records, of which the mapping gave up on %,d"
                            .formatted(records.size(), givenUp);
        }
    }

    /** Returns the records of a dead letter, or the message or event itself; empty if its form is unknown. */
    public Optional<Recovered> of(ReceivedMessage deadLetter) {
        return deadLetter
                .content()
                .map(known -> switch (known.kind()) {
                    case PARKED -> parked((DeadLetter.Parked) known);
                    case ON_FAILURE -> fromShard(known.range());
                })
                .or(() -> deadLetter
                        .moved()
                        .map(message -> whole(
                                deadLetter, message.source(), deadLetter.body().getBytes(StandardCharsets.UTF_8))))
                .or(() -> deadLetter
                        .invocation()
                        .map(failed -> whole(deadLetter, failed.functionArn(), failed.payload())));
    }

    /** Returns a message or event as a record of its source: it has no shard, and the message's id identifies it. */
    private static Recovered whole(ReceivedMessage deadLetter, String source, byte[] data) {
        String id = deadLetter.messageId();
        RecordOrigin origin = new RecordOrigin(source, "", id, id, deadLetter.sentAt());
        return new Recovered(List.of(new ShardRecord(origin, data)), 0);
    }

    private Recovered parked(DeadLetter.Parked parked) {
        return parked.payload()
                .map(payload -> new Recovered(List.of(new ShardRecord(parked.origin(), payload)), 0))
                .orElseGet(() -> fromShard(parked.range()));
    }

    private Recovered fromShard(RecordRange range) {
        ShardRangeReader.Found read = shards.read(range);
        List<ShardRecord> found = read.records();
        // Without the first record some have expired; the rest may include records of other keys.
        boolean whole = !found.isEmpty()
                && found.get(0).origin().sequenceNumber().equals(range.firstSequenceNumber())
                && found.get(found.size() - 1).origin().sequenceNumber().equals(range.lastSequenceNumber());
        return new Recovered(found, whole ? 0 : Math.max(1, range.count() - found.size()), read.refusal());
    }
}
