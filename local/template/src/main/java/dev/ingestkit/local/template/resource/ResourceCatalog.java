package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.intrinsic.Conditions;
import dev.ingestkit.local.template.intrinsic.Parameters;
import dev.ingestkit.local.template.intrinsic.Resolver;
import dev.ingestkit.local.template.intrinsic.Scope;
import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.Tags;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All resources of a stack by logical id, the values of references to them, and the dependencies between them. Not
 * thread-safe.
 */
public final class ResourceCatalog {

    private final Map<String, ResourceDeclaration> declared;
    private final Map<String, String> made;
    private final Conditions conditions;
    private final TemplateContext context;
    private final Parameters parameters;
    private final NestedOutputs nested;
    private final Map<String, Set<String>> edges = new LinkedHashMap<>();
    private final Map<String, Identity> identities = new HashMap<>();
    private final Deque<String> naming = new ArrayDeque<>();

    public ResourceCatalog(
            Declarations declarations,
            Conditions conditions,
            Parameters parameters,
            TemplateContext context,
            NestedOutputs nested) {
        this.nested = nested;
        this.declared = declarations.resources();
        this.made = declarations.references();
        this.conditions = conditions;
        this.parameters = parameters;
        this.context = context;
    }

    /** Returns the resources whose condition holds. */
    public List<ResourceDeclaration> active() {
        return declared.values().stream().filter(this::isActive).toList();
    }

    /** Returns a resolver for a resource's properties that records the references in them. */
    public Resolver resolverOf(String logicalId) {
        return new Resolver(new OwnedScope(logicalId), context);
    }

    /** Returns a resolver for outputs, which belong to no resource. */
    public Resolver resolver() {
        return new Resolver(new OwnedScope(null), context);
    }

    /** Returns the context of the template of these resources. */
    public TemplateContext context() {
        return context;
    }

    String physicalId(ResourceDeclaration resource) {
        return context.deployed(resource.logicalId())
                .orElseGet(() -> ResourceTypes.of(resource.type()).reference(identity(resource)));
    }

    Optional<String> attribute(ResourceDeclaration resource, String attribute) {
        ResourceType type = ResourceTypes.of(resource.type());
        Optional<String> value = type.attribute(attribute, identity(resource));
        // An attribute that equals Ref (a queue's URL, a secret's id) is the deployed resource's as well.
        boolean isReference = value.equals(Optional.of(type.reference(identity(resource))));
        return isReference ? Optional.of(physicalId(resource)) : value;
    }

    String physicalName(ResourceDeclaration resource) {
        return identity(resource).name();
    }

    public void dependsOn(ResourceDeclaration resource) {
        for (String other : resource.dependsOn()) {
            if (!declared.containsKey(other)) {
                throw TemplateException.at(
                        resource.at(),
                        "DependsOn: '%s' is not a resource; %s",
                        other,
                        Suggestion.of(other, declared.keySet()));
            }
            edge(resource.logicalId(), other);
        }
    }

    /**
     * Checks that no resource depends on itself.
     *
     * @throws TemplateException naming the resources on a cycle
     */
    public void requireNoCycle() {
        Set<String> done = new LinkedHashSet<>();
        for (String start : edges.keySet()) {
            walk(start, new ArrayDeque<>(), done);
        }
    }

    private void walk(String id, Deque<String> path, Set<String> done) {
        if (path.contains(id)) {
            throw cycle(id, path);
        }
        if (done.contains(id)) {
            return;
        }
        path.addLast(id);
        for (String next : edges.getOrDefault(id, Set.of())) {
            walk(next, path, done);
        }
        path.removeLast();
        done.add(id);
    }

    private TemplateException cycle(String id, Deque<String> path) {
        List<String> ids = List.copyOf(path);
        String text = String.join(" -> ", ids.subList(ids.indexOf(id), ids.size())) + " -> " + id;
        return TemplateException.at(find(id).orElseThrow().at(), "circular dependency: %s", text);
    }

    private Optional<ResourceDeclaration> find(String id) {
        return Optional.ofNullable(declared.get(id));
    }

    private boolean isActive(ResourceDeclaration resource) {
        return resource.condition()
                .map(name -> conditions.condition(name, resource.at()))
                .orElse(true);
    }

    private void edge(@Nullable String from, String to) {
        if (from != null) {
            edges.computeIfAbsent(from, id -> new LinkedHashSet<>()).add(to);
        }
    }

    private ResourceDeclaration used(@Nullable String owner, String id, Location at) {
        ResourceDeclaration resource = find(id).orElseThrow(() ->
                TemplateException.at(at, "'%s' is not a resource; %s", id, Suggestion.of(id, declared.keySet())));
        if (!isActive(resource)) {
            throw TemplateException.at(
                    at,
                    "the resource %s does not exist because its condition %s is false; refer to it inside Fn::If",
                    id,
                    resource.condition().orElseThrow());
        }
        edge(owner, id);
        return resource;
    }

    private Identity identity(ResourceDeclaration resource) {
        String id = resource.logicalId();
        Identity known = identities.get(id);
        if (known != null) {
            return known;
        }
        if (naming.contains(id)) {
            throw cycle(id, naming);
        }
        naming.addLast(id);
        try {
            Identity unnamed = new Identity(id, "", context.names(), path -> property(resource, path));
            ResourceType type = ResourceTypes.of(resource.type());
            String name = context.deployed(id)
                    .map(Arn::nameIn)
                    .or(() -> type.nameProperty().flatMap(property -> property(resource, property)))
                    .orElseGet(() -> type.defaultName(unnamed));
            Identity identity = new Identity(id, name, context.names(), unnamed.property());
            identities.put(id, identity);
            return identity;
        } finally {
            naming.removeLast();
        }
    }

    /** @param path a property, or the value of a tag: {@code Tags.key} */
    private Optional<String> property(ResourceDeclaration resource, String path) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        Resolver resolver = resolverOf(resource.logicalId());
        TemplateNode own = resource.properties().get(name);
        TemplateNode include = resource.properties().get("Fn::Transform");
        Optional<TemplateNode> value = Optional.ofNullable(own).flatMap(resolver::resolve);
        if (own == null && include != null) {
            TemplateNode.Mapping included =
                    resolver.mapping(new TemplateNode.Mapping(include.at(), Map.of("Fn::Transform", include)));
            value = Optional.ofNullable(included.get(name));
        }
        if (dot < 0) {
            return value.map(Properties::text);
        }
        String key = path.substring(dot + 1);
        return value.flatMap(tags -> Optional.ofNullable(Tags.of(tags).get(key)));
    }

    /** Resolves the names in the properties of one resource, or in an output. */
    private final class OwnedScope implements Scope {

        private final @Nullable String owner;

        OwnedScope(@Nullable String owner) {
            this.owner = owner;
        }

        @Override
        public Optional<TemplateNode> reference(String name, Location at) {
            String id = made.getOrDefault(name, name);
            if (name.startsWith("AWS::") || parameters.value(name).isPresent()) {
                return conditions.reference(name, at);
            }
            if (!declared.containsKey(id)) {
                Set<String> known = new LinkedHashSet<>(declared.keySet());
                known.addAll(parameters.names());
                throw TemplateException.at(
                        at, "'%s' is neither a parameter nor a resource; %s", name, Suggestion.of(name, known));
            }
            return Optional.of(TemplateNode.Scalar.text(at, physicalId(used(owner, id, at))));
        }

        @Override
        public TemplateNode attribute(String resource, String attribute, Location at) {
            String generated = made.get(resource + "." + attribute);
            if (generated != null) {
                return TemplateNode.Scalar.text(at, physicalId(used(owner, generated, at)));
            }
            ResourceDeclaration target = used(owner, resource, at);
            if (target.type().equals("AWS::CloudFormation::Stack") && attribute.startsWith("Outputs.")) {
                Optional<String> output = nested.output(
                        target, attribute.substring("Outputs.".length()), resolverOf(target.logicalId()), at);
                return TemplateNode.Scalar.text(
                        at, output.orElseGet(() -> MadeUp.attribute(attribute, target.type(), identity(target))));
            }
            String value = ResourceCatalog.this
                    .attribute(target, attribute)
                    .orElseThrow(() -> TemplateException.at(
                            at,
                            "%s (%s) has no attribute %s that is supported here; %s",
                            resource,
                            target.type(),
                            attribute,
                            Suggestion.of(
                                    attribute, ResourceTypes.of(target.type()).attributes())));
            return TemplateNode.Scalar.text(at, value);
        }

        @Override
        public boolean condition(String name, Location at) {
            return conditions.condition(name, at);
        }
    }
}
