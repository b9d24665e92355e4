package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A secret to be made.
 *
 * @param arn with its six characters behind the name, the same at every start
 * @param secretString the value; empty when it is generated or comes later
 * @param generator how to draw the value; empty when it is given or comes later
 * @param kmsKeyId the key that the template names
 */
public record SecretSpec(
        String logicalId,
        String name,
        String arn,
        String description,
        Optional<String> secretString,
        Optional<Generator> generator,
        Optional<String> kmsKeyId,
        Map<String, String> tags) {

    /**
     * {@code GenerateSecretString}.
     *
     * @param template a JSON object that the password is put into under {@code key}; empty for the bare password
     * @param length 1 to 4,096
     * @param excludeCharacters characters that are never drawn
     */
    public record Generator(
            Optional<String> template,
            Optional<String> key,
            int length,
            String excludeCharacters,
            boolean excludeLowercase,
            boolean excludeUppercase,
            boolean excludeNumbers,
            boolean excludePunctuation,
            boolean includeSpace,
            boolean requireEachIncludedType) {}

    public SecretSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(description, "description");
        tags = Map.copyOf(tags);
    }

    /** Never shows the value. */
    @Override
    public String toString() {
        return "SecretSpec[%s]".formatted(arn);
    }
}
