package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.expression.DocumentPath;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths that a SELECT returns, each under its last name. Immutable. */
final class SelectedPaths {
    private final Map<String, DocumentPath> paths = new LinkedHashMap<>();

    SelectedPaths(List<Node.Path> projection) {
        for (Node.Path path : projection) {
            paths.put(name(path), Expressions.statementPath(path));
        }
    }

    /** Returns the last name of the path with the indexes after it, such as {@code b[1]} of {@code a.b[1]}. */
    private static String name(Node.Path path) {
        StringBuilder name = new StringBuilder();
        for (PathPart part : path.parts()) {
            if (part.step() == Step.INDEX) {
                name.append('[').append(part.text()).append(']');
            } else {
                name.setLength(0);
                name.append(part.text());
            }
        }
        return name.toString();
    }

    Item apply(Item item) {
        if (paths.isEmpty()) {
            return item;
        }
        ValueWriter writer = new ValueWriter(128);
        writer.startMap();
        paths.forEach((name, path) -> {
            Value value = path.find(item);
            if (value != null) {
                writer.name(name);
                writer.copy(value);
            }
        });
        writer.endMap();
        return writer.toItem();
    }
}
