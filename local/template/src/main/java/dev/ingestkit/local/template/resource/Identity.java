package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.StableIds;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values from which a resource's ids and attributes are formed. Immutable.
 *
 * @param name the physical name: the template's, or {@code stack-LogicalId} where AWS would add a random suffix
 * @param property resolves a property of the resource to its text
 */
record Identity(String logicalId, String name, RuntimeNames names, Function<String, Optional<String>> property) {

    /** Forms an id or attribute in AWS's format. */
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

    /** Returns a UUID that is the same for this resource at every start. */
    String uuid() {
        return StableIds.uuid(names.stackId(), logicalId);
    }

    /** Returns letters and digits that are the same for this resource at every start. */
    String unique(int length) {
        return StableIds.alphanumeric(length, names.stackId(), logicalId);
    }
}
