package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An account's minimum throughput billing commitment, which AWS holds for at least a day.
 *
 * @param since the start; empty without a commitment
 * @param ending whether it ends once AWS allows that
 */
record Commitment(Optional<Instant> since, boolean ending) {

    static final Commitment NONE = new Commitment(Optional.empty(), false);

    private static final Duration MIN_DURATION = Duration.ofHours(24);

    Commitment {
        requireNonNull(since, "since");
    }

    Commitment with(boolean enabled, Instant now) {
        if (enabled) {
            Instant start = isActive(now) ? since.orElseThrow() : Instant.ofEpochMilli(now.toEpochMilli());
            return new Commitment(Optional.of(start), false);
        }
        return new Commitment(since, since.isPresent());
    }

    private boolean isActive(Instant now) {
        return since.filter(start -> !ending || start.plus(MIN_DURATION).isAfter(now))
                .isPresent();
    }

    ObjectNode describe(Instant now) {
        ObjectNode node = AwsOutput.object();
        if (!isActive(now)) {
            return node.put("Status", "DISABLED");
        }
        Instant start = since.orElseThrow();
        node.put("Status", ending ? "ENABLED_UNTIL_EARLIEST_ALLOWED_END" : "ENABLED");
        node.set("StartedAt", AwsOutput.timestamp(start));
        node.set("EarliestAllowedEndAt", AwsOutput.timestamp(start.plus(MIN_DURATION)));
        return node;
    }

    byte[] encode() {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(since.map(Instant::toEpochMilli).orElse(0L))
                .put((byte) (ending ? 1 : 0))
                .array();
    }

    static Commitment decode(byte[] bytes) {
        ByteBuffer kept = ByteBuffer.wrap(bytes);
        long millis = kept.getLong();
        return new Commitment(
                millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis)), kept.get() == 1);
    }
}
