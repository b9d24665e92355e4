package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A Kinesis stream to be created.
 *
 * @param onDemand true for {@code ON_DEMAND}, which starts with four shards
 * @param shards at least 1
 * @param retentionHours 24 to 8,760
 * @param kmsKeyId the key of server-side encryption; empty if there is none
 * @param maxRecordSizeKibibytes 1,024 to 10,240
 */
public record StreamSpec(
        ResourceIdentity identity,
        boolean onDemand,
        int shards,
        int retentionHours,
        Optional<String> kmsKeyId,
        int maxRecordSizeKibibytes,
        Map<String, String> tags)
        implements IdentifiedSpec {

    public StreamSpec {
        requireNonNull(identity, "identity");
        requireNonNull(kmsKeyId, "kmsKeyId");
        tags = Map.copyOf(tags);
    }
}
