package dev.ingestkit.local.template.model;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The end of a message about an unknown name: the name that may have been meant, or what there is. */
public final class Suggestion {

    private static final int LISTED = 12;

    private Suggestion() {}

    /** {@code did you mean X?}, or the known names; never empty. */
    public static String of(String unknown, Collection<String> known) {
        List<String> sorted = known.stream().sorted().toList();
        for (String name : sorted) {
            if (distance(unknown.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
                    <= Math.max(1, unknown.length() / 4)) {
                return "did you mean %s?".formatted(name);
            }
        }
        if (sorted.isEmpty()) {
            return "there are none";
        }
        String some = String.join(", ", sorted.subList(0, Math.min(LISTED, sorted.size())));
        return sorted.size() > LISTED
                ? "known are %s and %d more".formatted(some, sorted.size() - LISTED)
                : "known are " + some;
    }

    /** Levenshtein's distance. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                current[column] = Math.min(
                        Math.min(current[column - 1] + 1, previous[column] + 1), previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
