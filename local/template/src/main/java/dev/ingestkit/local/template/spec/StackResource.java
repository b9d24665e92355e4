package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/**
 * A resource as ListStackResources lists it.
 *
 * @param type the type after the SAM transform
 * @param physicalId the value of {@code Ref}
 */
public record StackResource(String logicalId, String type, String physicalId) {

    public StackResource {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(physicalId, "physicalId");
    }
}
