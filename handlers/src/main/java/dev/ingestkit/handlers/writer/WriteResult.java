package dev.ingestkit.handlers.writer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of a write. */
sealed interface WriteResult {

    Kind kind();

    enum Kind {
        WRITTEN,
        UNEXPECTED,
        REFUSED,
        FAILED
    }

    /** The event is stored. */
    record Written() implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.WRITTEN;
        }
    }

    /** The expectation was not met; nothing changed. */
    record Unexpected(@Nullable StoredHeader stored) implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.UNEXPECTED;
        }

        /** Returns the stored item; empty if there is none or it is unknown. */
        Optional<StoredHeader> current() {
            return Optional.ofNullable(stored);
        }
    }

    /** The table refused these items for good. */
    record Refused(String reason) implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /** The write failed, as far as is known; a retry may succeed. */
    record Failed(String reason) implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
