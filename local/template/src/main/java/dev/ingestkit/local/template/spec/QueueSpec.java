package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * An SQS queue to be made.
 *
 * @param attributes as CreateQueue takes them: the values are texts, {@code RedrivePolicy} is JSON
 */
public record QueueSpec(
        String logicalId,
        String name,
        String arn,
        String url,
        Map<String, String> attributes,
        Map<String, String> tags) {

    public QueueSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(url, "url");
        attributes = Map.copyOf(attributes);
        tags = Map.copyOf(tags);
    }
}
