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

        /** Returns the stored item; empty if there is none, or if it is not known. */
        Optional<StoredHeader> current() {
            return Optional.ofNullable(stored);
        }
    }

    /** The table will never take these items. */
    record Refused(String reason) implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    /** Not written as far as is known; trying again may help. */
    record Failed(String reason) implements WriteResult {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }
}
