package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.spec.ApiPositions;
import java.util.HashMap;
import java.util.Map;

/** Collects the positions of a document's parts. Not thread-safe. */
final class DocumentPositions {

    private final Map<String, Location> byPath = new HashMap<>();

    /**
     * Returns the OpenAPI document that an API has as its body, with the positions of all its parts added; an empty
     * document if the API has none.
     *
     * @throws TemplateException if the body is not a map
     */
    ObjectNode document(Resource api) {
        return api.properties()
                .node("Body")
                .map(body -> own(api, body))
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("openapi", "3.0.1"));
    }

    private ObjectNode own(Resource api, TemplateNode body) {
        if (!(body.json() instanceof ObjectNode object)) {
            throw TemplateException.at(api.properties().at(), "the OpenAPI document must be a map");
        }
        addAll("$", body);
        return object;
    }

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
