package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.spec.StackResource;

/** A resource with its properties resolved. */
public record Resource(ResourceDeclaration declared, Properties properties, ResourceCatalog catalog) {

    public String logicalId() {
        return declared.logicalId();
    }

    public String type() {
        return declared.type();
    }

    /** What {@code Ref} gives. */
    public String physicalId() {
        return catalog.physicalId(declared);
    }

    public String name() {
        return catalog.physicalName(declared);
    }

    String attribute(String attribute) {
        return catalog.attribute(declared, attribute)
                .orElseThrow(() -> new IllegalStateException(type() + " has no attribute " + attribute));
    }

    public String arn() {
        return attribute("Arn");
    }

    public StackResource summary() {
        return new StackResource(logicalId(), type(), physicalId());
    }
}
