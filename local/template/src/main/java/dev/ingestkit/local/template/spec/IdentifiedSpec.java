package dev.ingestkit.local.template.spec;

import dev.ingestkit.local.events.Arn;

/** A resource of a stack that has its own name and ARN. Implementations are immutable. */
public sealed interface IdentifiedSpec
        permits BucketSpec, FunctionSpec, QueueSpec, SecretSpec, StreamSpec, TableSpec, TopicSpec {

    /** Returns the resource's names. */
    ResourceIdentity identity();

    /** Returns the name in the template. */
    default String logicalId() {
        return identity().logicalId();
    }

    /** Returns the resource's name in its service. */
    default String name() {
        return identity().name();
    }

    /** Returns the resource's ARN. */
    default Arn arn() {
        return identity().arn();
    }
}
