package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.StableIds;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a resource's ids and attributes are made of.
 *
 * @param name the physical name: the template's, or {@code stack-LogicalId} where AWS would add a random suffix
 * @param property resolves a property of the resource to its text
 */
record Identity(String logicalId, String name, RuntimeNames names, Function<String, Optional<String>> property) {

    /** One id or attribute as AWS forms it. */
    @FunctionalInterface
    interface Form {
        String of(Identity identity);
    }

    String arn(String service, String resource) {
        return names.arn(service, resource);
    }

    String globalArn(String service, String resource) {
        return names.globalArn(service, resource);
    }

    /** A UUID that is this resource's at every start. */
    String uuid() {
        return StableIds.uuid(names.stackId(), logicalId);
    }

    /** Letters and digits that are this resource's at every start. */
    String unique(int length) {
        return StableIds.alphanumeric(length, names.stackId(), logicalId);
    }
}
