package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.RecordOrigin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings back the records behind dead letters: from the message itself, or from the shard. Used by one thread. */
public final class Recovery {

    private final ShardRangeReader shards;

    public Recovery(AwsClients clients) {
        this.shards = new ShardRangeReader(requireNonNull(clients, "clients"));
    }

    /**
     * What came back.
     *
     * @param records in the shard's order
     * @param expired how many of the message's records the stream no longer has
     * @param refusal why the stream gives none, in Kinesis's words; null if it does
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

        /** Whether nothing is missing. */
        public boolean complete() {
            return expired == 0;
        }

        /** What is missing, for people. */
        public String missing() {
            String gone = expired == 1 ? "1 record has expired" : "%,d records have expired".formatted(expired);
            return records.isEmpty()
                    ? gone + " from the stream, none is left" + (refusal == null ? "" : ": " + refusal)
                    : "%s from the stream, those before %s; %,d left"
                            .formatted(gone, records.get(0).origin().sequenceNumber(), records.size());
        }

        /**
         * Says when more records lie in the range than the mapping gave up on: with parallelization, other partition
         * keys' records lie between, and nothing tells them apart.
         */
        public String between(int givenUp) {
            return records.size() <= givenUp
                    ? ""
                    : "%,d records lie in the range of which the mapping gave up on %,d"
                            .formatted(records.size(), givenUp);
        }
    }

    /** The records of a letter; empty if it is of no form that is known. */
    public Optional<Recovered> of(Letter letter) {
        return letter.letter().map(known -> {
            if (known instanceof DeadLetter.Parked parked) {
                return parked(parked);
            }
            return fromShard(((DeadLetter.OnFailure) known).range());
        });
    }

    private Recovered parked(DeadLetter.Parked parked) {
        RecordOrigin origin = parked.origin();
        return parked.payload()
                .map(payload -> new Recovered(List.of(new ShardRecord(origin, payload)), 0))
                .orElseGet(() -> fromShard(new RecordRange(
                        origin.stream(),
                        origin.shard(),
                        origin.sequenceNumber(),
                        origin.sequenceNumber(),
                        origin.arrivedAt(),
                        origin.arrivedAt(),
                        1)));
    }

    private Recovered fromShard(RecordRange range) {
        ShardRangeReader.Found read = shards.read(range);
        List<ShardRecord> found = read.records();
        boolean whole =
                !found.isEmpty() && found.get(0).origin().sequenceNumber().equals(range.firstSequenceNumber());
        // Without the first record some have expired; of the rest, others' records may be counted in.
        return new Recovered(found, whole ? 0 : Math.max(1, range.count() - found.size()), read.refusal());
    }
}
