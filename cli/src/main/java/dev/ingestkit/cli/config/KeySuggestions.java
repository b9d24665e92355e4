package dev.ingestkit.cli.config;

import dev.ingestkit.local.events.NearNames;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Suggests known keys for an unknown one. */
final class KeySuggestions {

    private KeySuggestions() {}

    /** Returns the known keys with at most a third of the letters different or with a common start, nearest first. */
    static List<String> of(String unknown, Collection<String> known) {
        String wanted = unknown.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.stream()
                .filter(name -> NearNames.distance(wanted, name) <= Math.max(1, wanted.length() / 3)
                        || (!wanted.isEmpty() && (name.startsWith(wanted) || wanted.startsWith(name))))
                .sorted(NearNames.nearestTo(wanted))
                .toList();
    }
}
