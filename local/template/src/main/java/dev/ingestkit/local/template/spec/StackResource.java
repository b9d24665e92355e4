package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/**
 * A resource as ListStackResources shows it.
 *
 * @param type the type after the SAM transform
 * @param physicalId what {@code Ref} gives
 */
public record StackResource(String logicalId, String type, String physicalId) {

    public StackResource {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(physicalId, "physicalId");
    }
}
