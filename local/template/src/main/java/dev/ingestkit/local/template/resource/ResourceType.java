package dev.ingestkit.local.template.resource;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A resource type: its support in a local run, its name, and the values of {@code Ref} and {@code Fn::GetAtt}. */
public final class ResourceType {

    private final String name;
    private final Support support;
    private final Set<String> notRun = new HashSet<>();
    private boolean isClosed;
    private final Set<String> properties = new LinkedHashSet<>();
    private final Map<String, Identity.Form> attributes = new LinkedHashMap<>();
    private @Nullable String nameProperty;
    private Identity.Form reference = Identity::name;
    private Identity.Form defaultName = identity -> identity.names().stackName() + "-" + identity.logicalId();

    private ResourceType(String name, Support support) {
        this.name = name;
        this.support = support;
    }

    static ResourceType run(String name) {
        return new ResourceType(name, Support.RUN);
    }

    static ResourceType accepted(String name) {
        return new ResourceType(name, Support.ACCEPTED);
    }

    static ResourceType notRun(String name) {
        return new ResourceType(name, Support.NOT_RUN);
    }

    /** Adds properties that are supported, or that have no effect in a local run. */
    public ResourceType properties(String... known) {
        properties.addAll(List.of(known));
        return this;
    }

    /** Adds the rest of a type's properties: those that exist and are not run. Any other property is refused. */
    ResourceType notRunProperties(String... others) {
        isClosed = true;
        notRun.addAll(List.of(others));
        return this;
    }

    /** Returns whether a property does not exist; false if not all properties of the type are known here. */
    public boolean refuses(String property) {
        return isClosed && !properties.contains(property) && !notRun.contains(property);
    }

    ResourceType named(String property) {
        nameProperty = property;
        properties.add(property);
        return this;
    }

    ResourceType unnamedAs(Identity.Form form) {
        defaultName = form;
        return this;
    }

    ResourceType reference(Identity.Form form) {
        reference = form;
        return this;
    }

    ResourceType attribute(String attribute, Identity.Form form) {
        attributes.put(attribute, form);
        return this;
    }

    public String name() {
        return name;
    }

    public Support support() {
        return support;
    }

    public Set<String> properties() {
        return properties;
    }

    /** Returns the properties that exist and are not run; empty if not all of them are known here. */
    public Set<String> namedProperties() {
        return notRun;
    }

    Optional<String> nameProperty() {
        return Optional.ofNullable(nameProperty);
    }

    String defaultName(Identity unnamed) {
        return defaultName.of(unnamed);
    }

    String reference(Identity identity) {
        return reference.of(identity);
    }

    Set<String> attributes() {
        return attributes.keySet();
    }

    /** Returns an attribute; for a type that is not run, a made-up value if the attribute is not known. */
    Optional<String> attribute(String attribute, Identity identity) {
        Optional<String> known = Optional.ofNullable(attributes.get(attribute)).map(form -> form.of(identity));
        return known.isPresent() || support == Support.RUN
                ? known
                : Optional.of(MadeUp.attribute(attribute, name, identity));
    }
}
