package dev.ingestkit.local.events;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known names that a mistyped name may mean, ignoring case. */
public final class NearNames {

    private NearNames() {}

    /** Returns the known names within a distance, nearest first, equally near ones in alphabetical order. */
    public static List<String> within(int maxDistance, String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(unknown, name) <= maxDistance)
                .sorted(nearestTo(unknown))
                .toList();
    }

    /** Returns the order that puts the nearest names first. */
    public static Comparator<String> nearestTo(String unknown) {
        return Comparator.comparingInt((String name) -> distance(unknown, name))
                .thenComparing(Comparator.naturalOrder());
    }

    /** Returns the Levenshtein distance: the number of letters to insert, delete or replace. */
    public static int distance(String from, String to) {
        String first = from.toLowerCase(Locale.ROOT);
        String second = to.toLowerCase(Locale.ROOT);
        int[] row = new int[second.length() + 1];
        for (int column = 0; column <= second.length(); column++) {
            row[column] = column;
        }
        for (int letter = 1; letter <= first.length(); letter++) {
            int diagonal = row[0];
            row[0] = letter;
            for (int column = 1; column <= second.length(); column++) {
                int replaced = diagonal + (first.charAt(letter - 1) == second.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column - 1], row[column]) + 1);
            }
        }
        return row[second.length()];
    }
}
