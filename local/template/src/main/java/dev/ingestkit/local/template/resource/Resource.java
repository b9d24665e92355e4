package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.ResourceIdentity;
import dev.ingestkit.local.template.spec.StackResource;
import java.util.Optional;

/** A resource with its properties resolved. Used by the thread that resolves the template. */
public record Resource(ResourceDeclaration declared, Properties properties, ResourceCatalog catalog) {

    public String logicalId() {
        return declared.logicalId();
    }

    public String type() {
        return declared.type();
    }

    /** Returns the value of {@code Ref}. */
    public String physicalId() {
        return catalog.physicalId(declared);
    }

    public String name() {
        return catalog.physicalName(declared);
    }

    /** Returns an attribute; empty if the resource's type has none of this name. */
    public Optional<String> findAttribute(String attribute) {
        return catalog.attribute(declared, attribute);
    }

    public String attribute(String attribute) {
        return findAttribute(attribute)
                .orElseThrow(() -> new IllegalStateException(type() + " has no attribute " + attribute));
    }

    public ResourceIdentity identity() {
        return identity(attribute("Arn"));
    }

    /**
     * Returns the resource's names.
     *
     * @throws TemplateException when the text is not an ARN
     */
    public ResourceIdentity identity(String arn) {
        return new ResourceIdentity(logicalId(), name(), parsed(arn));
    }

    /**
     * Returns the resource's physical id as an ARN.
     *
     * @throws TemplateException when it is not one
     */
    public Arn physicalArn() {
        return parsed(physicalId());
    }

    private Arn parsed(String arn) {
        return Arn.tryParse(arn)
                .orElseThrow(() -> TemplateException.at(declared.at(), "'%s' of %s is not an ARN", arn, logicalId()));
    }

    public StackResource summary() {
        return new StackResource(logicalId(), type(), physicalId(), declared.at());
    }
}
