package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.handlers.writer.Expectation.Absent;
import dev.ingestkit.handlers.writer.Expectation.AbsentOrOlder;
import dev.ingestkit.handlers.writer.Expectation.Exactly;
import dev.ingestkit.handlers.writer.Expectation.Foreign;
import dev.ingestkit.handlers.writer.Outcome.Done;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides between an event and the one stored under its id. Thread-safe. */
final class ConflictRules {

    private final ConflictPolicy policy;
    private final Clock clock;

    ConflictRules(ConflictPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A decision how to proceed: an outcome, another write, or neither, which rejects the event.
     *
     * @param end the outcome, null if there is none yet
     * @param next the write to try, null if there is none
     */
    record Decision(@Nullable Outcome end, @Nullable TableWrite next) {

        static final Decision REJECT = new Decision(null, null);

        static Decision end(Outcome.Kind kind) {
            return new Decision(new Done(kind), null);
        }
    }

    /**
     * Returns the write to try first; it succeeds if no event is stored under the id, and most events need no other.
     */
    TableWrite firstWrite(Encoded event) {
        Expectation expectation = policy == ConflictPolicy.REPLACE
                ? new AbsentOrOlder(event.version().value(), event.parts().size())
                : new Absent();
        return new TableWrite(event.id().value(), event.parts(), expectation, 0);
    }

    Decision decide(Encoded event, Optional<StoredHeader> current) {
        if (current.isEmpty()) {
            return new Decision(null, firstWrite(event));
        }
        StoredHeader stored = current.get();
        boolean same = stored.sha256().equals(event.sha256());
        if (same && stored.version().equals(event.version().value())) {
            return Decision.end(Outcome.Kind.DUPLICATE);
        }
        if (stored.expiredAt(clock.instant())) {
            return replace(event, stored);
        }
        return switch (policy) {
            case REPLACE -> newerWins(event, stored, same);
            case KEEP -> Decision.end(same ? Outcome.Kind.DUPLICATE : Outcome.Kind.KEPT);
            case REJECT -> same ? Decision.end(Outcome.Kind.DUPLICATE) : Decision.REJECT;
        };
    }

    /**
     * A newer event replaces the stored one even if their payloads are equal: otherwise a third version from between
     * the two, arriving late, would replace both.
     */
    private static Decision newerWins(Encoded event, StoredHeader stored, boolean same) {
        if (stored.version().compareTo(event.version().value()) < 0) {
            return replace(event, stored);
        }
        return Decision.end(same ? Outcome.Kind.DUPLICATE : Outcome.Kind.SUPERSEDED);
    }

    private static Decision replace(Encoded event, StoredHeader stored) {
        Expectation expectation = stored.foreign() ? new Foreign() : new Exactly(stored.version());
        return new Decision(null, new TableWrite(event.id().value(), event.parts(), expectation, stored.parts()));
    }
}
