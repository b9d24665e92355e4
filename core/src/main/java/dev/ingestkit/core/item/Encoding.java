package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.deadletter.ReasonCode;
import dev.ingestkit.core.event.EventId;
import dev.ingestkit.core.event.EventVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of encoding a payload: items to write, or the reason why there are none. */
public sealed interface Encoding {

    /**
     * The event as items, which are to be written in one transaction.
     *
     * @param id the event's key
     * @param version orders it among others with its id
     * @param sha256 the payload's SHA-256 in hexadecimal
     * @param parts the items, part 0 first
     */
    record Encoded(EventId id, EventVersion version, String sha256, List<Item> parts) implements Encoding {
        public Encoded {
            requireNonNull(id, "id");
            requireNonNull(version, "version");
            requireNonNull(sha256, "sha256");
            parts = List.copyOf(parts);
        }
    }

    /**
     * The payload can never be stored.
     *
     * @param code the reason
     * @param text the reason as a sentence, without any of the payload's content
     * @param eventId the event's id, or null if the payload has none
     */
    record Unstorable(
            ReasonCode code, String text, @Nullable String eventId) implements Encoding {
        public Unstorable {
            requireNonNull(code, "code");
            requireNonNull(text, "text");
        }

        /** Returns the event's id, if the payload has one that can be a key. */
        public Optional<String> id() {
            return Optional.ofNullable(eventId);
        }
    }
}
