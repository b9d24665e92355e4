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
 * Selects dead letters: all conditions must hold. An empty set or null imposes none.
 *
 * @param ids ids of messages
 * @param eventIds ids of parked events
 * @param reasons reasons, in any letter case
 * @param shards ids of shards
 * @param since the earliest moment of sending
 * @param until the end of the sending time, exclusive
 * @param filter a JMESPath expression over the dead letter, see {@link DeadLetterEvents}; its result must be true or a
 * value
 *     that is not empty
 */
public record Selection(
        Set<String> ids,
        Set<String> eventIds,
        Set<String> reasons,
        Set<String> shards,
        Instant since,
        Instant until,
        @Nullable JsonQuery filter) {

    /** Returns the selection of all dead letters. */
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
     * Returns whether the dead letter is selected.
     *
     * @param records reads its records; called only when the filter uses them
     */
    public boolean includes(DeadLetterSummary deadLetter, Supplier<Optional<Recovered>> records) {
        return (ids.isEmpty() || ids.contains(deadLetter.id()))
                && (eventIds.isEmpty() || (deadLetter.eventId() != null && eventIds.contains(deadLetter.eventId())))
                && (reasons.isEmpty() || reasons.stream().anyMatch(deadLetter.reason()::equalsIgnoreCase))
                && (shards.isEmpty() || (deadLetter.shard() != null && shards.contains(deadLetter.shard())))
                && !deadLetter.sentAt().isBefore(since)
                && deadLetter.sentAt().isBefore(until)
                && filtered(deadLetter, records);
    }

    private boolean filtered(DeadLetterSummary deadLetter, Supplier<Optional<Recovered>> records) {
        JsonQuery condition = filter;
        if (condition == null) {
            return true;
        }
        ObjectNode document = (ObjectNode) Output.json(deadLetter);
        if (condition.mentions(DeadLetterEvents.PAYLOAD, DeadLetterEvents.EVENTS)) {
            records.get().ifPresent(recovered -> DeadLetterEvents.addTo(document, recovered));
        }
        return condition.holdsFor(document);
    }
}
