package dev.ingestkit.local.table.api.stream;

import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.error.TableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A position in a shard, valid for 15 minutes. On the wire: the stream's ARN, a version, and the rest as text that is
 * opaque to clients.
 */
record ShardIterator(StreamActions.ShardRef shard, long position, Instant issued) {
    private static final Duration VALID = Duration.ofMinutes(15);
    private static final String VERSION = "|1|";

    String text(String streamArn) {
        String rest = shard.shard() + "|" + position + "|" + issued.toEpochMilli();
        return streamArn + VERSION + Base64.getUrlEncoder().encodeToString(rest.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads an iterator and checks that it has not expired at the time. */
    static ShardIterator parse(String text, Instant now) {
        int end = text.indexOf(VERSION);
        StreamArn stream = end < 0 ? null : StreamArn.parse(text.substring(0, end));
        if (stream == null) {
            throw invalid();
        }
        String[] parts = decoded(text.substring(end + VERSION.length())).split("\\|", -1);
        if (parts.length != 3 || !parts[1].matches("\\d{1,18}") || !parts[2].matches("\\d{1,15}")) {
            throw invalid();
        }
        Instant issued = Instant.ofEpochMilli(Long.parseLong(parts[2]));
        if (issued.plus(VALID).isBefore(now)) {
            throw TableException.of(
                    "ExpiredIteratorException",
                    "Iterator expired. The iterator was created at time " + issued + " while right now it is " + now
                            + " which is further in the future than the tolerated delay of " + VALID.toMillis()
                            + " milliseconds.");
        }
        return new ShardIterator(
                new StreamActions.ShardRef(stream.table(), stream.label(), parts[0]), Long.parseLong(parts[1]), issued);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static TableException invalid() {
        return TableException.validation("Invalid ShardIterator");
    }
}
