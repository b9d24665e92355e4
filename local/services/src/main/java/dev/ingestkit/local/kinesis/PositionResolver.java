package dev.ingestkit.local.kinesis;

import java.time.Instant;
import java.util.Optional;

/**
 * Turns the members that say where to begin into a position in a shard, or into AWS's error.
 *
 * @param errors the account's
 */
record PositionResolver(KinesisErrors errors) {

    /** As the API spells them. */
    enum Type {
        AFTER_SEQUENCE_NUMBER,
        LATEST,
        AT_TIMESTAMP,
        AT_SEQUENCE_NUMBER,
        TRIM_HORIZON
    }

    static IteratorPosition of(
            Type type, Optional<String> sequenceNumber, Optional<Instant> timestamp, long nowMillis) {
        return switch (type) {
            case TRIM_HORIZON -> withoutNumber(type, sequenceNumber, new IteratorPosition.TrimHorizon());
            case LATEST -> withoutNumber(type, sequenceNumber, new IteratorPosition.Latest());
            case AT_SEQUENCE_NUMBER -> new IteratorPosition.AtSequenceNumber(number(type, sequenceNumber));
            case AFTER_SEQUENCE_NUMBER -> new IteratorPosition.AfterSequenceNumber(number(type, sequenceNumber));
            case AT_TIMESTAMP -> new IteratorPosition.AtTimestamp(past(timestamp, nowMillis));
        };
    }

    private static IteratorPosition withoutNumber(Type type, Optional<String> number, IteratorPosition start) {
        if (number.isPresent()) {
            throw mismatch(type, "also a StartingSequenceNumber");
        }
        return start;
    }

    private static String number(Type type, Optional<String> number) {
        return number.orElseThrow(() -> mismatch(type, "no StartingSequenceNumber"));
    }

    private static RuntimeException mismatch(Type type, String found) {
        return KinesisErrors.invalidArgument(
                "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or "
                        + "(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified %s and %s."
                                .formatted(type, found));
    }

    private static Instant past(Optional<Instant> timestamp, long nowMillis) {
        Instant at = timestamp.orElseThrow(
                () -> KinesisErrors.invalidArgument("Must specify timestampInMillis for iterator type AT_TIMESTAMP."));
        if (at.toEpochMilli() > nowMillis) {
            throw KinesisErrors.invalidArgument(
                    ("The timestampInMillis parameter cannot be greater than the currentTimestampInMillis."
                                    + " timestampInMillis: %d, currentTimestampInMillis: %d")
                            .formatted(at.toEpochMilli(), nowMillis));
        }
        return at;
    }

    /**
     * @param action stands in the error's text
     */
    long resolve(KinesisStream stream, Shard shard, IteratorPosition start, String action) {
        if (start instanceof IteratorPosition.AtSequenceNumber at) {
            return shard.positionOfPlace(place(stream, shard, at.sequenceNumber(), action));
        }
        if (start instanceof IteratorPosition.AfterSequenceNumber after) {
            long place = place(stream, shard, after.sequenceNumber(), action);
            return shard.positionOfPlace(place == SequenceNumber.END_PLACE ? place : place + 1);
        }
        return shard.position(start, stream.nowMillis());
    }

    private long place(KinesisStream stream, Shard shard, String text, String action) {
        SequenceNumber number =
                SequenceNumber.parse(text).orElseThrow(() -> invalid(stream, shard, text, action, "is invalid."));
        if (number.shardIndex() != shard.index()) {
            throw KinesisErrors.invalidArgument(
                    "Invalid StartingSequenceNumber. It encodes %s, while it was used in a call to a shard with %s"
                            .formatted(Shard.idOf(number.shardIndex()), shard.id()));
        }
        if (number.createdSecond() != shard.createdSecond()) {
            throw invalid(stream, shard, text, action, "is invalid because it did not come from this stream.");
        }
        return number.place();
    }

    private RuntimeException invalid(KinesisStream stream, Shard shard, String number, String action, String why) {
        return KinesisErrors.invalidArgument(
                "StartingSequenceNumber %s used in %s on shard %s in stream %s under account %s %s"
                        .formatted(number, action, shard.id(), stream.name(), errors.account(), why));
    }
}
