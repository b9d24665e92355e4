package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A secret to be created. Its ARN ends with six characters after the name, the same at every start. Immutable.
 *
 * @param value the value that the template gives or has generated; empty for a secret without a value
 * @param kmsKeyId the key of its encryption; empty if the template names none
 * @param tags in the template's order
 */
public record SecretSpec(
        ResourceIdentity identity,
        Optional<Value> value,
        String description,
        Optional<String> kmsKeyId,
        Map<String, String> tags)
        implements IdentifiedSpec {

    /** The origin of a secret's value. */
    public sealed interface Value permits Given, Generated {

        /** The kinds of origins. */
        enum Kind {
            GIVEN,
            GENERATED
        }

        /** Returns the kind, for switches that cover every case. */
        Kind kind();
    }

    /** A value in the template. */
    public record Given(String text) implements Value {

        public Given {
            requireNonNull(text, "text");
        }

        @Override
        public Kind kind() {
            return Kind.GIVEN;
        }
    }

    /**
     * A password that is drawn when the secret is created.
     *
     * @param length 1 to 4,096 characters
     * @param excludedCharacters characters that the password must not contain
     * @param flags the flags of GetRandomPassword by name, {@code ExcludeLowercase}
     * @param target the JSON object that holds the password; empty if the password is the whole value
     */
    public record Generated(int length, String excludedCharacters, Map<String, Boolean> flags, Optional<Target> target)
            implements Value {

        public Generated {
            requireNonNull(excludedCharacters, "excludedCharacters");
            flags = Map.copyOf(flags);
            requireNonNull(target, "target");
        }

        @Override
        public Kind kind() {
            return Kind.GENERATED;
        }
    }

    /**
     * The position of a password in a secret's JSON.
     *
     * @param template a JSON object
     * @param key the member that gets the password
     */
    public record Target(String template, String key) {

        public Target {
            requireNonNull(template, "template");
            requireNonNull(key, "key");
        }
    }

    public SecretSpec {
        requireNonNull(identity, "identity");
        requireNonNull(value, "value");
        requireNonNull(description, "description");
        requireNonNull(kmsKeyId, "kmsKeyId");
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Returns the ARN only: a value that the template holds must not reach a log. */
    @Override
    public String toString() {
        return "SecretSpec[%s]".formatted(arn());
    }
}
