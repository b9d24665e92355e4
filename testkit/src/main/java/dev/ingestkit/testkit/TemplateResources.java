package dev.ingestkit.testkit;

import dev.ingestkit.local.template.spec.StackResource;
import java.util.List;
import java.util.Optional;

/** The resources of a running stack, found by their logical ids in the template or by their physical names. Immutable. */
record TemplateResources(List<StackResource> all) {

    private static final String SECRET = "AWS::SecretsManager::Secret";

    TemplateResources {
        all = List.copyOf(all);
    }

    /** Returns whether a name is a resource's: its logical id, its physical id, or the last part of a queue's URL. */
    private static boolean isNamed(StackResource resource, String name) {
        return resource.logicalId().equals(name)
                || resource.physicalId().equals(name)
                || resource.physicalId().endsWith("/" + name);
    }

    String physicalName(String logicalId) {
        return byLogicalId(logicalId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is not a resource of the template; known are %s".formatted(logicalId, logicalIds(""))));
    }

    String nameOr(String nameOrLogicalId) {
        return byLogicalId(nameOrLogicalId).orElse(nameOrLogicalId);
    }

    String stream(String nameOrLogicalId) {
        return named(nameOrLogicalId, "AWS::Kinesis::Stream", "stream").physicalId();
    }

    String queueUrl(String nameOrLogicalId) {
        return named(nameOrLogicalId, "AWS::SQS::Queue", "queue").physicalId();
    }

    StackResource function(String nameOrLogicalId) {
        return named(nameOrLogicalId, "AWS::Lambda::Function", "function");
    }

    /** Returns a secret's ARN. */
    String secret(String nameOrLogicalId) {
        return named(nameOrLogicalId, SECRET, "secret").physicalId();
    }

    /** Returns the template's only secret. */
    String secret() {
        List<String> secrets = logicalIds(SECRET);
        if (secrets.size() != 1) {
            throw new IllegalArgumentException(
                    "the template has %d secrets, %s: name one by withUserOf".formatted(secrets.size(), secrets));
        }
        return secret(secrets.get(0));
    }

    private StackResource named(String nameOrLogicalId, String type, String what) {
        return all.stream()
                .filter(resource -> resource.type().equals(type) && isNamed(resource, nameOrLogicalId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not a %s of the template; known are %s"
                        .formatted(nameOrLogicalId, what, logicalIds(type))));
    }

    private Optional<String> byLogicalId(String logicalId) {
        return all.stream()
                .filter(resource -> resource.logicalId().equals(logicalId))
                .map(StackResource::physicalId)
                .findFirst();
    }

    private List<String> logicalIds(String type) {
        return all.stream()
                .filter(resource -> resource.type().startsWith(type))
                .map(StackResource::logicalId)
                .toList();
    }
}
