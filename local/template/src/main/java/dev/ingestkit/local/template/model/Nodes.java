package dev.ingestkit.local.template.model;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates the nodes that the SAM transform adds, at the position of the resource that they come from. */
public record Nodes(Location at) {

    public TemplateNode text(String text) {
        return TemplateNode.Scalar.text(at, text);
    }

    public TemplateNode flag(boolean value) {
        return new TemplateNode.Scalar(at, BooleanNode.valueOf(value));
    }

    public TemplateNode ref(String name) {
        return TemplateNode.Call.ref(at, name);
    }

    public TemplateNode attribute(String resource, String attribute) {
        return new TemplateNode.Call(at, "Fn::GetAtt", list(text(resource), text(attribute)));
    }

    public TemplateNode list(TemplateNode... items) {
        return new TemplateNode.Sequence(at, List.of(items));
    }

    public TemplateNode map(String key, TemplateNode value) {
        return new TemplateNode.Mapping(at, Map.of(key, value));
    }

    public TemplateNode map(String key, TemplateNode value, String secondKey, TemplateNode secondValue) {
        Map<String, TemplateNode> entries = new LinkedHashMap<>();
        entries.put(key, value);
        entries.put(secondKey, secondValue);
        return new TemplateNode.Mapping(at, entries);
    }
}
