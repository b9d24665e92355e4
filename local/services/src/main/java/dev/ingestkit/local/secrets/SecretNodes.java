package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes answers. */
final class SecretNodes {

    private SecretNodes() {}

    static ObjectNode identity(Secret secret) {
        return AwsOutput.object().put("ARN", secret.arn).put("Name", secret.name);
    }

    static ObjectNode value(Secret secret, Secret.Version version, SecretValue value) {
        ObjectNode answer = identity(secret).put("VersionId", version.id());
        value.writeTo(answer);
        labels(answer.putArray("VersionStages"), secret, version);
        answer.set("CreatedDate", AwsOutput.timestamp(version.createdAt()));
        return answer;
    }

    /** DescribeSecret's form; ListSecrets has the same with another name for the versions. */
    static ObjectNode description(Secret secret, String versionsMember) {
        ObjectNode answer = identity(secret);
        putText(answer, "Description", secret.description);
        putText(answer, "KmsKeyId", secret.kmsKeyId);
        rotation(answer, secret);
        putTime(answer, "LastChangedDate", secret.changedAt);
        putTime(answer, "LastAccessedDate", secret.accessedAt);
        putTime(answer, "DeletedDate", secret.deletedAt);
        putTime(answer, "CreatedDate", secret.createdAt);
        ArrayNode tags = answer.putArray("Tags");
        secret.tags.forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        ObjectNode versions = AwsOutput.object();
        for (Secret.Version version : secret.versions()) {
            if (!secret.labels(version.id()).isEmpty()) {
                labels(versions.putArray(version.id()), secret, version);
            }
        }
        if (!versions.isEmpty()) {
            answer.set(versionsMember, versions);
        }
        return answer;
    }

    static ObjectNode version(Secret secret, Secret.Version version) {
        ObjectNode entry = AwsOutput.object().put("VersionId", version.id());
        labels(entry.putArray("VersionStages"), secret, version);
        putTime(entry, "CreatedDate", version.createdAt());
        return entry;
    }

    static void labels(ArrayNode array, Secret secret, Secret.Version version) {
        secret.labels(version.id()).forEach(array::add);
    }

    private static void rotation(ObjectNode answer, Secret secret) {
        Secret.Rotation rotation = secret.rotation;
        if (rotation.functionArn == null) {
            return;
        }
        answer.put("RotationEnabled", rotation.enabled).put("RotationLambdaARN", rotation.functionArn);
        ObjectNode rules = answer.putObject("RotationRules");
        if (rotation.automaticallyAfterDays != null) {
            rules.put("AutomaticallyAfterDays", rotation.automaticallyAfterDays);
        }
        putTime(answer, "NextRotationDate", secret.nextRotation().orElse(null));
        putText(rules, "ScheduleExpression", rotation.scheduleExpression);
        putText(rules, "Duration", rotation.duration);
        putTime(answer, "LastRotatedDate", rotation.lastRotated);
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
