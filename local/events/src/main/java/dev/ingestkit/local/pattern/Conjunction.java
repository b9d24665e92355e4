package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that must all be met, by values that lie in the same element of each array that they share. Immutable.
 */
final class Conjunction {

    private final List<Condition> conditions;

    Conjunction(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /** Returns a conjunction with one condition more. */
    Conjunction and(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Conjunction(more);
    }

    boolean matches(JsonNode event) {
        return new Search(event).from(0, null);
    }

    /** Tries the values of one condition after the other; the absent ones are left for last. */
    private final class Search {

        private final JsonNode event;
        private final List<@Nullable List<Leaf>> leaves = new ArrayList<>();
        private final BitSet absent = new BitSet();

        Search(JsonNode event) {
            this.event = event;
            conditions.forEach(condition -> leaves.add(null));
        }

        /** Returns whether the conditions from an index on can be met beside the elements that met the ones before. */
        boolean from(int index, @Nullable Membership elements) {
            if (index == conditions.size()) {
                return allAbsent(elements);
            }
            Condition condition = conditions.get(index);
            if (!condition.rules().isEmpty()) {
                for (Leaf leaf : leaves(index)) {
                    if (condition.accepts(leaf.value())
                            && Membership.agree(elements, leaf.elements())
                            && from(index + 1, Membership.join(elements, leaf.elements()))) {
                        return true;
                    }
                }
            }
            return condition.absence() && fromAfterAbsent(index, elements);
        }

        private boolean fromAfterAbsent(int index, @Nullable Membership elements) {
            absent.set(index);
            boolean met = from(index + 1, elements);
            absent.clear(index);
            return met;
        }

        private boolean allAbsent(@Nullable Membership elements) {
            return absent.stream()
                    .noneMatch(index ->
                            leaves(index).stream().anyMatch(leaf -> Membership.agree(elements, leaf.elements())));
        }

        private List<Leaf> leaves(int index) {
            List<Leaf> found = leaves.get(index);
            if (found == null) {
                found = conditions.get(index).path().leaves(event);
                leaves.set(index, found);
            }
            return found;
        }
    }
}
