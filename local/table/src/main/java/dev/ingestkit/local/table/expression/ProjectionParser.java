package dev.ingestkit.local.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a projection expression. */
final class ProjectionParser extends ExpressionParser {
    ProjectionParser(String text) {
        super(ExpressionKind.PROJECTION, text, Set.of());
    }

    /** Returns the paths of the whole expression. */
    List<Node.Path> parse() {
        List<Node.Path> paths = new ArrayList<>();
        do {
            paths.add(path());
        } while (accept(","));
        expectEnd();
        return paths;
    }

    @Override
    Node operand() {
        return path();
    }
}
