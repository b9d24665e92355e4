package dev.ingestkit.local.template.spec;

import dev.ingestkit.local.events.Arn;

/** A resource of a stack that has a name and an ARN of its own. Implementations are immutable. */
public sealed interface IdentifiedSpec
        permits BucketSpec, FunctionSpec, QueueSpec, SecretSpec, StreamSpec, TableSpec, TopicSpec {

    /** Returns the resource's names. */
    ResourceIdentity identity();

    /** Returns the name in the template. */
    default String logicalId() {
        return identity().logicalId();
    }

    /** Returns the name that the service knows the resource by. */
    default String name() {
        return identity().name();
    }

    /** Returns the resource's ARN. */
    default Arn arn() {
        return identity().arn();
    }
}
