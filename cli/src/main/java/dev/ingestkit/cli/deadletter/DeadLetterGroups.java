package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts dead letters by kind, reason and text. Memory grows with the number of groups only; texts that name an offset or
 * an id make a group each. Not thread-safe.
 */
public final class DeadLetterGroups {

    private final Map<Key, Group> groups = new LinkedHashMap<>();

    private record Key(String kind, String reason, @Nullable String text) {}

    /**
     * Dead letters of one kind, reason and text; the components are its JSON form.
     *
     * @param deadLetters their number
     * @param records the number of their records
     * @param oldest the earliest arrival in the queue
     * @param latest the latest arrival in the queue
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            String reason,
            String kind,
            long deadLetters,
            long records,
            Instant oldest,
            Instant latest,
            @Nullable String text) {

        public Group {
            requireNonNull(reason, "reason");
            requireNonNull(kind, "kind");
            requireNonNull(oldest, "oldest");
            requireNonNull(latest, "latest");
        }

        private static Group of(DeadLetterSummary deadLetter) {
            return new Group(
                    deadLetter.reason(),
                    deadLetter.kind(),
                    1,
                    deadLetter.records(),
                    deadLetter.sentAt(),
                    deadLetter.sentAt(),
                    deadLetter.text());
        }

        private Group plus(Group other) {
            return new Group(
                    reason,
                    kind,
                    deadLetters + other.deadLetters,
                    records + other.records,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    latest.isAfter(other.latest) ? latest : other.latest,
                    text);
        }
    }

    /** Adds a dead letter to its group. */
    public void add(DeadLetterSummary deadLetter) {
        groups.merge(
                new Key(deadLetter.kind(), deadLetter.reason(), deadLetter.text()), Group.of(deadLetter), Group::plus);
    }

    /** Returns the groups, the largest first. */
    public List<Group> all() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::deadLetters).reversed())
                .toList();
    }
}
