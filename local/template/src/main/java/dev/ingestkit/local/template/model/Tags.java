package dev.ingestkit.local.template.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tags in both forms: CloudFormation's list of keys and values, SAM's map. */
public final class Tags {

    private Tags() {}

    public static Map<String, String> of(TemplateNode resolved) {
        Map<String, String> tags = new LinkedHashMap<>();
        if (resolved instanceof TemplateNode.Sequence list) {
            for (TemplateNode item : list.items()) {
                Properties tag = Properties.of(item);
                tags.put(tag.requiredText("Key"), tag.requiredText("Value"));
            }
        } else {
            Properties.of(resolved).node().entries().forEach((key, value) -> tags.put(key, Properties.text(value)));
        }
        return tags;
    }
}
