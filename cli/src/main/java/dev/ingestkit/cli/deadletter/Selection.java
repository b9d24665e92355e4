package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.cli.output.Output;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant: all conditions together. An empty set, and null, mean no condition.
 *
 * @param ids of messages
 * @param eventIds of parked events
 * @param reasons codes, in any letter case
 * @param shards ids of shards
 * @param since sent at that time or later
 * @param until sent before that time
 * @param filter a JMESPath over the letter, see {@link LetterEvents}; what it finds must be true, or something that is
 *     not empty
 */
public record Selection(
        Set<String> ids,
        Set<String> eventIds,
        Set<String> reasons,
        Set<String> shards,
        Instant since,
        Instant until,
        @Nullable JsonQuery filter) {

    /** All letters. */
    public static final Selection ALL =
            new Selection(Set.of(), Set.of(), Set.of(), Set.of(), Instant.MIN, Instant.MAX, null);

    public Selection {
        ids = Set.copyOf(ids);
        eventIds = Set.copyOf(eventIds);
        reasons = Set.copyOf(reasons);
        shards = Set.copyOf(shards);
        requireNonNull(since, "since");
        requireNonNull(until, "until");
    }

    /**
     * Whether the letter is meant.
     *
     * @param records brings its records back; asked only when the filter speaks of them
     */
    public boolean includes(LetterSummary letter, Supplier<Optional<Recovered>> records) {
        return (ids.isEmpty() || ids.contains(letter.id()))
                && (eventIds.isEmpty() || (letter.eventId() != null && eventIds.contains(letter.eventId())))
                && (reasons.isEmpty() || reasons.stream().anyMatch(letter.reason()::equalsIgnoreCase))
                && (shards.isEmpty() || (letter.shard() != null && shards.contains(letter.shard())))
                && !letter.sentAt().isBefore(since)
                && letter.sentAt().isBefore(until)
                && filtered(letter, records);
    }

    private boolean filtered(LetterSummary letter, Supplier<Optional<Recovered>> records) {
        JsonQuery condition = filter;
        if (condition == null) {
            return true;
        }
        ObjectNode document = (ObjectNode) Output.json(letter);
        if (condition.mentions(LetterEvents.PAYLOAD, LetterEvents.EVENTS)) {
            records.get().ifPresent(recovered -> LetterEvents.addTo(document, recovered));
        }
        return condition.holdsFor(document);
    }
}
