package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Location;

/**
 * A resource as ListStackResources lists it.
 *
 * @param type the type after the SAM transform
 * @param physicalId the value of {@code Ref}
 * @param at the position in the template
 */
public record StackResource(String logicalId, String type, String physicalId, Location at) {

    public StackResource {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(physicalId, "physicalId");
        requireNonNull(at, "at");
    }
}
