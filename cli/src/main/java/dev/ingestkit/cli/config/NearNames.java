package dev.ingestkit.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that may have been meant by one that is not known. */
final class NearNames {

    private NearNames() {}

    /** The nearest first; names with a third of the letters wrong are not near. */
    static List<String> of(String unknown, Collection<String> known) {
        String wanted = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.max(1, wanted.length() / 3)
                        || (!wanted.isEmpty() && (name.startsWith(wanted) || wanted.startsWith(name))))
                .sorted(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Levenshtein's distance. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int sign = 1; sign <= from.length(); sign++) {
            int diagonal = row[0];
            row[0] = sign;
            for (int column = 1; column <= to.length(); column++) {
                int change = diagonal + (from.charAt(sign - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, Math.min(row[column - 1], row[column]) + 1);
            }
        }
        return row[to.length()];
    }
}
