package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.cli.output.Output;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: all conditions together. An empty set, and null, mean no condition.
 *
 * @param ids of messages
 * @param eventIds of parked events
 * @param reasons codes, in any letter case
 * @param since sent at that time or later
 * @param filter a JMESPath over the summary; what it finds must be true, or something that is not empty
 */
public record Selection(
        Set<String> ids,
        Set<String> eventIds,
        Set<String> reasons,
        Instant since,
        @Nullable JsonQuery filter) {

    public Selection {
        ids = Set.copyOf(ids);
        eventIds = Set.copyOf(eventIds);
        reasons = Set.copyOf(reasons);
        requireNonNull(since, "since");
    }

    /** Whether the letter is meant. */
    public boolean includes(LetterSummary letter) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && (eventIds.isEmpty() || (letter.eventId() != null && eventIds.contains(letter.eventId())))
                && (reasons.isEmpty() || reasons.stream().anyMatch(letter.reason()::equalsIgnoreCase))
                && !letter.sentAt().isBefore(since)
                && (filter == null || isTrue(filter.apply(Output.json(letter))));
    }

    /** JMESPath's own notion of truth. */
    private static boolean isTrue(JsonNode found) {
        if (found.isBoolean()) {
            return found.asBoolean();
        }
        boolean empty = found.isTextual() ? found.asText().isEmpty() : found.isContainerNode() && found.isEmpty();
        return !found.isNull() && !found.isMissingNode() && !empty;
    }
}
