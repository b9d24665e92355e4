package dev.ingestkit.local.mapping;

import java.time.Instant;

/** Where a new mapping begins in the stream. A checkpoint, once there is one, goes before it. */
public sealed interface StartingPosition {

    /** The oldest record that is retained. */
    static StartingPosition trimHorizon() {
        return new TrimHorizon();
    }

    /** The first record put after the mapping was created. */
    static StartingPosition latest() {
        return new Latest();
    }

    /** The first record that arrived at a time or later. */
    static StartingPosition atTimestamp(Instant from) {
        return new AtTimestamp(from);
    }

    /** The spelling of the Lambda API. */
    String label();

    /** See {@link #trimHorizon}. */
    record TrimHorizon() implements StartingPosition {
        @Override
        public String label() {
            return "TRIM_HORIZON";
        }
    }

    /** See {@link #latest}. */
    record Latest() implements StartingPosition {
        @Override
        public String label() {
            return "LATEST";
        }
    }

    /** See {@link #atTimestamp}. */
    record AtTimestamp(Instant from) implements StartingPosition {
        @Override
        public String label() {
            return "AT_TIMESTAMP";
        }
    }

    /** The same for one shard. */
    default StreamSource.Position position() {
        if (this instanceof AtTimestamp timestamp) {
            return new StreamSource.Position.AtTimestamp(timestamp.from());
        }
        return this instanceof Latest ? new StreamSource.Position.Latest() : new StreamSource.Position.TrimHorizon();
    }
}
