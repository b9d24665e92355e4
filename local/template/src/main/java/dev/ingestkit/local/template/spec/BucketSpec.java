package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

/** An S3 bucket to be made. */
public record BucketSpec(String logicalId, String name, String arn) {

    public BucketSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
    }
}
