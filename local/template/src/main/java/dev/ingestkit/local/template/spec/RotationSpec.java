package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A secret's rotation.
 *
 * @param rotateSecret input of Secrets Manager's RotateSecret
 */
public record RotationSpec(String logicalId, JsonNode rotateSecret) {

    public RotationSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(rotateSecret, "rotateSecret");
    }
}
