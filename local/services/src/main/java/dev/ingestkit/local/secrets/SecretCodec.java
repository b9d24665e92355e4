package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret with its versions as JSON. */
final class SecretCodec {

    private SecretCodec() {}

    static ObjectNode write(Secret secret) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("name", secret.name)
                .put("arn", secret.arn.toString())
                .put("createdAt", secret.createdAt.toString())
                .put("changedAt", secret.changedAt.toString());
        put(node, "description", secret.description);
        put(node, "kmsKeyId", secret.kmsKeyId);
        put(node, "policy", secret.policy);
        put(node, "accessedAt", secret.accessedAt);
        put(node, "deletionDate", secret.deletionDate);
        put(node, "deletedAt", secret.deletedAt);
        ObjectNode tags = node.putObject("tags");
        secret.tags.forEach(tags::put);
        node.set("rotation", write(secret.rotation));
        ArrayNode versions = node.putArray("versions");
        for (Secret.Version version : secret.versions()) {
            ObjectNode one = versions.addObject()
                    .put("id", version.id())
                    .put("createdAt", version.createdAt().toString());
            put(one, "accessedAt", secret.accessedAt(version.id()));
            if (version.value() != null) {
                version.value().writeTo(one);
            }
            ArrayNode labels = one.putArray("labels");
            secret.labels(version.id()).forEach(labels::add);
        }
        return node;
    }

    private static ObjectNode write(Secret.Rotation rotation) {
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("enabled", rotation.enabled)
                .put("automaticallyAfterDays", rotation.automaticallyAfterDays)
                .put("baseline", rotation.baseline.toString());
        put(node, "functionArn", rotation.functionArn);
        put(node, "scheduleExpression", rotation.scheduleExpression);
        put(node, "duration", rotation.duration);
        put(node, "lastRotated", rotation.lastRotated);
        return node;
    }

    private static void put(ObjectNode node, String member, @Nullable Object value) {
        if (value != null) {
            node.put(member, value.toString());
        }
    }

    static Secret read(JsonNode node) {
        Secret secret = new Secret(
                node.path("name").textValue(),
                Arn.parse(node.path("arn").textValue()),
                Instant.parse(node.path("createdAt").textValue()));
        secret.description = node.path("description").textValue();
        secret.kmsKeyId = node.path("kmsKeyId").textValue();
        secret.policy = node.path("policy").textValue();
        node.path("tags")
                .properties()
                .forEach(tag -> secret.tags.put(tag.getKey(), tag.getValue().textValue()));
        read(node.path("rotation"), secret.rotation);
        node.path("versions").forEach(version -> read(version, secret));
        secret.accessedAt = instant(node.path("accessedAt"));
        secret.deletionDate = instant(node.path("deletionDate"));
        secret.deletedAt = instant(node.path("deletedAt"));
        secret.changedAt = Instant.parse(node.path("changedAt").textValue());
        return secret;
    }

    private static void read(JsonNode node, Secret.Rotation rotation) {
        rotation.enabled = node.path("enabled").booleanValue();
        rotation.functionArn = node.path("functionArn").textValue();
        rotation.automaticallyAfterDays = node.path("automaticallyAfterDays").isNumber()
                ? node.path("automaticallyAfterDays").longValue()
                : null;
        rotation.scheduleExpression = node.path("scheduleExpression").textValue();
        rotation.duration = node.path("duration").textValue();
        rotation.lastRotated = instant(node.path("lastRotated"));
        rotation.baseline = Instant.parse(node.path("baseline").textValue());
        rotation.schedule = RotationSchedule.of(
                        Optional.ofNullable(rotation.automaticallyAfterDays),
                        Optional.ofNullable(rotation.scheduleExpression),
                        Optional.ofNullable(rotation.duration))
                .orElse(null);
    }

    private static void read(JsonNode node, Secret secret) {
        Instant createdAt = Instant.parse(node.path("createdAt").textValue());
        String id = node.path("id").textValue();
        secret.restore(
                new Secret.Version(id, value(node), createdAt),
                node.path("labels").valueStream().map(JsonNode::textValue).toList(),
                instant(node.path("accessedAt")));
    }

    private static @Nullable SecretValue value(JsonNode node) {
        if (node.has("SecretString")) {
            return SecretValue.ofText(node.path("SecretString").textValue());
        }
        if (!node.has("SecretBinary")) {
            return null;
        }
        try {
            return SecretValue.ofBytes(node.path("SecretBinary").binaryValue());
        } catch (IOException malformed) {
            throw new UncheckedIOException("a binary secret in the data directory is not base64", malformed);
        }
    }

    private static @Nullable Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.textValue()) : null;
    }
}
