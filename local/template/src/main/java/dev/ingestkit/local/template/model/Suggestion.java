package dev.ingestkit.local.template.model;

import dev.ingestkit.local.events.NearNames;
import java.util.Collection;
import java.util.List;

/** The end of a message about an unknown name: the name that was probably meant, or the known ones. */
public final class Suggestion {

    private static final int MAX_LISTED = 12;

    private Suggestion() {}

    /** Returns {@code did you mean X?}, or the known names; never empty. */
    public static String of(String unknown, Collection<String> known) {
        List<String> near = NearNames.within(Math.max(1, unknown.length() / 4), unknown, known);
        if (!near.isEmpty()) {
            return "did you mean %s?".formatted(near.get(0));
        }
        if (known.isEmpty()) {
            return "none is known";
        }
        List<String> sorted = known.stream().sorted().toList();
        String some = String.join(", ", sorted.subList(0, Math.min(MAX_LISTED, sorted.size())));
        return sorted.size() > MAX_LISTED
                ? "known are %s and %d more".formatted(some, sorted.size() - MAX_LISTED)
                : "known are " + some;
    }
}
