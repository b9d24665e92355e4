package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads and validates the members that many actions share. */
final class SecretInput {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9/_+=.@!-]+");
    private static final int MAX_VALUE_BYTES = 65_536;
    private static final int MAX_TAGS = 50;

    private SecretInput() {}

    static String name(AwsInput input) {
        String name = required(input, "Name");
        length("name", name, 1, 512);
        return checkedName(name);
    }

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw SecretErrors.validation(
                    "Invalid name. Must be a valid name containing alphanumeric characters, or any"
                            + " of the following: -/_+=.@!");
        }
        return name;
    }

    static String secretId(AwsInput input) {
        String id = required(input, "SecretId");
        length("SecretId", id, 1, 2048);
        return Arn.isArn(id) ? id : checkedName(id);
    }

    static String required(AwsInput input, String name) {
        Optional<String> value = input.string(name);
        new Constraints().required(name, value.isPresent()).check();
        return value.orElseThrow();
    }

    /** Returns the request token, which is a version's id: 32 to 64 characters. */
    static Optional<String> token(AwsInput input) {
        Optional<String> token = input.string("ClientRequestToken");
        token.ifPresent(value -> length("ClientRequestToken", value, 32, 64));
        return token;
    }

    /** Returns the secret's value, if the call has one: text or bytes, at most 65,536 of them. */
    static Optional<SecretValue> value(AwsInput input) {
        Optional<String> text = input.string("SecretString");
        Optional<byte[]> binary = input.blob("SecretBinary");
        if (text.isPresent() && binary.isPresent()) {
            throw SecretErrors.invalidParameter("You can't specify both SecretString and SecretBinary.");
        }
        int size = text.map(value -> value.getBytes(StandardCharsets.UTF_8).length)
                .or(() -> binary.map(bytes -> bytes.length))
                .orElse(1);
        if (size < 1 || size > MAX_VALUE_BYTES) {
            String member = text.isPresent() ? "secretString" : "secretBinary";
            throw SecretErrors.validation(("1 validation error detected: Value at '%s' failed to satisfy constraint:"
                            + " Member must have length between 1 and %d, inclusive")
                    .formatted(member, MAX_VALUE_BYTES));
        }
        return text.map(SecretValue::ofText).or(() -> binary.map(SecretValue::ofBytes));
    }

    static Map<String, String> tags(AwsInput input) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (AwsInput tag : input.objects("Tags")) {
            String key = required(tag, "Key");
            length("Tags.member.key", key, 1, 128);
            String value = tag.string("Value").orElse("");
            length("Tags.member.value", value, 0, 256);
            tags.put(key, value);
        }
        if (tags.size() > MAX_TAGS) {
            throw SecretErrors.invalidParameter("A secret can have at most " + MAX_TAGS + " tags.");
        }
        return tags;
    }

    /** Returns a whole number in a range, or the default value if it is missing. */
    static int number(AwsInput input, String name, int min, int max, int defaultValue) {
        long number = input.integer(name).orElse((long) defaultValue);
        if (number < min || number > max) {
            throw SecretErrors.invalidParameter(
                    "%s must be between %d and %d, found %d.".formatted(name, min, max, number));
        }
        return (int) number;
    }

    static boolean flag(JsonNode members, String name, boolean defaultValue) {
        return new AwsInput(members).bool(name).orElse(defaultValue);
    }

    private static void length(String member, String value, int min, int max) {
        new Constraints().length(member, Optional.of(value), min, max).check();
    }
}
