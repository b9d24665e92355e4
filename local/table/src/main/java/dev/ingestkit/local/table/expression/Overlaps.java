package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import java.util.List;

/** The check that no two paths of an update or projection overlap or conflict: overlaps are reported first. */
final class Overlaps {
    private Overlaps() {}

    static void check(ExpressionKind kind, List<DocumentPath> paths) {
        if (isApart(paths)) {
            return;
        }
        for (int second = 1; second < paths.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (paths.get(first).overlaps(paths.get(second))) {
                    throw refusal(kind, "overlap", paths.get(first), paths.get(second));
                }
            }
        }
        for (int second = 1; second < paths.size(); second++) {
            for (int first = 0; first < second; first++) {
                if (paths.get(first).conflicts(paths.get(second))) {
                    throw refusal(kind, "conflict", paths.get(first), paths.get(second));
                }
            }
        }
    }

    /** Returns whether all paths are of different attributes, the common case. */
    private static boolean isApart(List<DocumentPath> paths) {
        return paths.stream().map(DocumentPath::attribute).distinct().count() == paths.size();
    }

    private static TableException refusal(ExpressionKind kind, String relation, DocumentPath one, DocumentPath two) {
        return kind.refusal("Two document paths " + relation + " with each other; must remove or rewrite one of these "
                + "paths; path one: " + one + ", path two: " + two);
    }
}
