package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/** An S3 bucket to be created. */
public record BucketSpec(ResourceIdentity identity) implements IdentifiedSpec {

    public BucketSpec {
        requireNonNull(identity, "identity");
    }
}
