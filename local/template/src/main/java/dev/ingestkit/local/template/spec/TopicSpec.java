package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * An SNS topic to be created. Immutable.
 *
 * @param attributes the attributes as CreateTopic takes them
 */
public record TopicSpec(ResourceIdentity identity, Map<String, String> attributes, Map<String, String> tags)
        implements IdentifiedSpec {

    public TopicSpec {
        requireNonNull(identity, "identity");
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }
}
