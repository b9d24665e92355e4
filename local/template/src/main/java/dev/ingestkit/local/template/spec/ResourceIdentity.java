package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;

/**
 * The three names of a resource. Immutable.
 *
 * @param logicalId the name in the template
 * @param name the name in its service
 */
public record ResourceIdentity(String logicalId, String name, Arn arn) {

    public ResourceIdentity {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
    }
}
