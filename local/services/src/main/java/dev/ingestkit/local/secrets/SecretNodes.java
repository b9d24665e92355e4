package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes secrets and versions as the API represents them. */
final class SecretNodes {

    private SecretNodes() {}

    static ObjectNode identity(Secret secret) {
        return AwsOutput.object().put("ARN", secret.arn.toString()).put("Name", secret.name);
    }

    static ObjectNode value(Secret secret, Secret.Version version, SecretValue value) {
        ObjectNode response = identity(secret).put("VersionId", version.id());
        value.writeTo(response);
        labels(response.putArray("VersionStages"), secret, version);
        response.set("CreatedDate", AwsOutput.timestamp(version.createdAt()));
        return response;
    }

    /** Returns the response of DescribeSecret; ListSecrets differs only in the name of the versions' member. */
    static ObjectNode description(Secret secret, String versionsMember) {
        ObjectNode response = identity(secret);
        if (secret.description != null && !secret.description.isEmpty()) {
            response.put("Description", secret.description);
        }
        putText(response, "KmsKeyId", secret.kmsKeyId);
        rotation(response, secret);
        putTime(response, "LastChangedDate", secret.changedAt);
        putTime(response, "LastAccessedDate", secret.accessedAt);
        putTime(response, "DeletedDate", secret.deletedAt);
        putTime(response, "CreatedDate", secret.createdAt);
        ArrayNode tags = response.putArray("Tags");
        secret.tags.forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        ObjectNode versions = AwsOutput.object();
        for (Secret.Version version : secret.versions()) {
            if (!secret.labels(version.id()).isEmpty()) {
                labels(versions.putArray(version.id()), secret, version);
            }
        }
        if (!versions.isEmpty()) {
            response.set(versionsMember, versions);
        }
        return response;
    }

    static ObjectNode version(Secret secret, Secret.Version version) {
        ObjectNode entry = AwsOutput.object().put("VersionId", version.id());
        if (!secret.labels(version.id()).isEmpty()) {
            labels(entry.putArray("VersionStages"), secret, version);
        }
        entry.putArray("KmsKeyIds").add(secret.kmsKeyId == null ? "DefaultEncryptionKey" : secret.kmsKeyId);
        putTime(entry, "LastAccessedDate", secret.accessedAt(version.id()));
        putTime(entry, "CreatedDate", version.createdAt());
        return entry;
    }

    static void labels(ArrayNode array, Secret secret, Secret.Version version) {
        secret.labels(version.id()).forEach(array::add);
    }

    private static void rotation(ObjectNode response, Secret secret) {
        Secret.Rotation rotation = secret.rotation;
        if (rotation.functionArn == null) {
            return;
        }
        response.put("RotationEnabled", rotation.enabled).put("RotationLambdaARN", rotation.functionArn);
        ObjectNode rules = response.putObject("RotationRules");
        if (rotation.automaticallyAfterDays != null) {
            rules.put("AutomaticallyAfterDays", rotation.automaticallyAfterDays);
        }
        putTime(response, "NextRotationDate", secret.nextRotation().orElse(null));
        putText(rules, "ScheduleExpression", rotation.scheduleExpression);
        putText(rules, "Duration", rotation.duration);
        putTime(response, "LastRotatedDate", rotation.lastRotated);
    }

    private static void putText(ObjectNode node, String name, @Nullable String text) {
        if (text != null) {
            node.put(name, text);
        }
    }

    static void putTime(ObjectNode node, String name, @Nullable Instant at) {
        if (at != null) {
            node.set(name, AwsOutput.timestamp(at));
        }
    }
}
