package dev.ingestkit.handlers.writer;

/** The condition on the items of an event's id under which a write succeeds; checked by the table, with the write. */
sealed interface Expectation {

    Kind kind();

    enum Kind {
        ABSENT,
        ABSENT_OR_OLDER,
        EXACTLY,
        FOREIGN
    }

    /** Nothing. */
    record Absent() implements Expectation {
        @Override
        public Kind kind() {
            return Kind.ABSENT;
        }
    }

    /**
     * Nothing stored, or an older version with at most {@code parts} parts, so that the write leaves none of them
     * behind.
     */
    record AbsentOrOlder(String version, int parts) implements Expectation {
        @Override
        public Kind kind() {
            return Kind.ABSENT_OR_OLDER;
        }
    }

    /** Exactly the version that was read. */
    record Exactly(String version) implements Expectation {
        @Override
        public Kind kind() {
            return Kind.EXACTLY;
        }
    }

    /** An item that the writer did not put. */
    record Foreign() implements Expectation {
        @Override
        public Kind kind() {
            return Kind.FOREIGN;
        }
    }
}
