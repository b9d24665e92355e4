package dev.ingestkit.local.template.api;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.spec.ApiPositions;
import java.util.HashMap;
import java.util.Map;

/** Collects the positions of a document's parts. Not thread-safe. */
final class DocumentPositions {

    private final Map<String, Location> byPath = new HashMap<>();

    /** Adds the positions of a node and of all nodes in it. */
    void addAll(String path, TemplateNode node) {
        byPath.put(path, node.at());
        if (node instanceof TemplateNode.Mapping mapping) {
            mapping.entries().forEach((key, value) -> addAll(ApiPositions.member(path, key), value));
        } else if (node instanceof TemplateNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                addAll(path + "[" + i + "]", sequence.items().get(i));
            }
        }
    }

    void add(String path, Location at) {
        byPath.put(path, at);
    }

    /** @param api the position of parts that have none */
    ApiPositions of(Location api) {
        return new ApiPositions(api, byPath);
    }
}
