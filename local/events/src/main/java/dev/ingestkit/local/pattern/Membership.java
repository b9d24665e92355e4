package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Elements of arrays, as a list from the innermost outward; null is the empty list. Immutable. */
record Membership(@Nullable Membership outer, JsonNode array, int index) {

    /** Returns whether two lists have no array with different elements. */
    static boolean agree(@Nullable Membership chosen, @Nullable Membership other) {
        for (Membership element = other; element != null; element = element.outer) {
            Membership same = find(chosen, element.array);
            if (same != null && same.index != element.index) {
                return false;
            }
        }
        return true;
    }

    /** Returns the elements of both lists. */
    static @Nullable Membership join(@Nullable Membership chosen, @Nullable Membership other) {
        Membership joined = chosen;
        for (Membership element = other; element != null; element = element.outer) {
            if (find(chosen, element.array) == null) {
                joined = new Membership(joined, element.array, element.index);
            }
        }
        return joined;
    }

    // Equal arrays at two places of an event are two arrays.
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable Membership find(@Nullable Membership elements, JsonNode array) {
        for (Membership element = elements; element != null; element = element.outer) {
            if (element.array == array) {
                return element;
            }
        }
        return null;
    }
}
