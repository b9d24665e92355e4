package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A secret to be created. Its ARN ends with six characters after the name, the same at every start.
 *
 * @param properties the resource's properties as {@code AWS::SecretsManager::Secret} names them, numbers and flags in
 *     their own types
 */
public record SecretSpec(ResourceIdentity identity, JsonNode properties) implements IdentifiedSpec {

    public SecretSpec {
        requireNonNull(identity, "identity");
        requireNonNull(properties, "properties");
    }

    /** Returns the ARN only: a value that the template holds must not reach a log. */
    @Override
    public String toString() {
        return "SecretSpec[%s]".formatted(arn());
    }
}
