package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns the members that name a starting position into a position in one shard, or into AWS's error. Thread-safe.
 *
 * @param stream the shard's stream
 * @param shard the shard to read
 * @param errors creates the account's errors
 * @param action the action's name, for error texts
 */
record PositionResolver(KinesisStream stream, Shard shard, KinesisErrors errors, String action) {

    PositionResolver {
        requireNonNull(stream, "stream");
        requireNonNull(shard, "shard");
        requireNonNull(errors, "errors");
        requireNonNull(action, "action");
    }

    /** The types of a starting position, as the API spells them and in the order of its error text. */
    enum Type {
        AFTER_SEQUENCE_NUMBER,
        LATEST,
        AT_TIMESTAMP,
        AT_SEQUENCE_NUMBER,
        TRIM_HORIZON
    }

    /** Resolves the members of a call. */
    long resolve(Type type, Optional<String> sequenceNumber, Optional<Instant> timestamp) {
        return resolve(start(type, sequenceNumber, timestamp));
    }

    private IteratorPosition start(Type type, Optional<String> sequenceNumber, Optional<Instant> timestamp) {
        return switch (type) {
            case TRIM_HORIZON -> withoutNumber(type, sequenceNumber, new IteratorPosition.TrimHorizon());
            case LATEST -> withoutNumber(type, sequenceNumber, new IteratorPosition.Latest());
            case AT_SEQUENCE_NUMBER -> new IteratorPosition.AtSequenceNumber(number(type, sequenceNumber));
            case AFTER_SEQUENCE_NUMBER ->
                new IteratorPosition.AfterSequenceNumber(notTheEnd(number(type, sequenceNumber)));
            case AT_TIMESTAMP -> new IteratorPosition.AtTimestamp(past(timestamp));
        };
    }

    private static IteratorPosition withoutNumber(Type type, Optional<String> number, IteratorPosition start) {
        if (number.isPresent()) {
            throw mismatch(type, "also a StartingSequenceNumber");
        }
        return start;
    }

    private SequenceNumber number(Type type, Optional<String> number) {
        String text = number.orElseThrow(() -> mismatch(type, "no StartingSequenceNumber"));
        return SequenceNumber.tryParse(text).orElseThrow(() -> invalid(text, "is invalid."));
    }

    /** Rejects the number that ends a closed shard, after which there is nothing. */
    private SequenceNumber notTheEnd(SequenceNumber number) {
        if (ordinal(number) == SequenceLayout.END_ORDINAL) {
            throw invalid(number.toString(), "has reached max possible value for the shard.");
        }
        return number;
    }

    private static RuntimeException mismatch(Type type, String found) {
        return KinesisErrors.invalidArgument(
                "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or "
                        + "(2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified %s and %s."
                                .formatted(type, found));
    }

    private Instant past(Optional<Instant> timestamp) {
        long nowMillis = stream.nowMillis();
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
     * Resolves a starting position.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidArgumentException if the sequence number is not one
     *     of this shard
     */
    long resolve(IteratorPosition start) {
        return start.accept(new IteratorPosition.Visitor<Long>() {
            @Override
            public Long trimHorizon() {
                return shard.oldestPosition(stream.nowMillis());
            }

            @Override
            public Long latest() {
                return shard.nextPosition(stream.nowMillis());
            }

            @Override
            public Long atTimestamp(Instant from) {
                return shard.positionSince(from, stream.nowMillis());
            }

            @Override
            public Long atSequenceNumber(SequenceNumber number) {
                return shard.positionOf(ordinal(number));
            }

            @Override
            public Long afterSequenceNumber(SequenceNumber number) {
                long ordinal = ordinal(number);
                return shard.positionOf(ordinal == SequenceLayout.END_ORDINAL ? ordinal : ordinal + 1);
            }
        });
    }

    private long ordinal(SequenceNumber number) {
        SequenceLayout layout = SequenceLayout.of(number).orElseThrow(() -> invalid(number.toString(), "is invalid."));
        if (layout.shardIndex() != shard.index()) {
            throw KinesisErrors.invalidArgument(
                    "Invalid StartingSequenceNumber. It encodes %s, while it was used in a call to %s"
                            .formatted(Shard.idOf(layout.shardIndex()), shard.id()));
        }
        if (layout.createdSecond() != shard.createdSecond()) {
            throw invalid(number.toString(), "is invalid because it did not come from this stream.");
        }
        return layout.ordinal();
    }

    private RuntimeException invalid(String number, String reason) {
        return KinesisErrors.invalidArgument(
                "StartingSequenceNumber %s used in %s on shard %s in stream %s under account %s %s"
                        .formatted(number, action, shard.id(), stream.name(), errors.account(), reason));
    }
}
