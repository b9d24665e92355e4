package dev.ingestkit.local.template;

/** A resource with its properties resolved. */
record Resource(ResourceDeclaration declared, Properties properties, ResourceCatalog catalog) {

    String logicalId() {
        return declared.logicalId();
    }

    String type() {
        return declared.type();
    }

    /** What {@code Ref} gives. */
    String physicalId() {
        return catalog.physicalId(declared);
    }

    String name() {
        return catalog.physicalName(declared);
    }

    String attribute(String attribute) {
        return catalog.attribute(declared, attribute)
                .orElseThrow(() -> new IllegalStateException(type() + " has no attribute " + attribute));
    }

    String arn() {
        return attribute("Arn");
    }

    StackResource summary() {
        return new StackResource(logicalId(), type(), physicalId());
    }
}
