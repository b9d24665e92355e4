package dev.ingestkit.local.secrets;

import static java.util.Map.entry;

import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks members whose constraints are the same in all actions, before the action runs. All violations are in one
 * ValidationException. Members that other messages name, such as {@code MaxResults}, are checked by their action.
 */
final class SecretConstraints {

    private static final Map<String, Lengths> LENGTHS = new TreeMap<>(Map.ofEntries(
            entry("Description", new Lengths(0, 2048)),
            entry("ExcludeCharacters", new Lengths(0, 4096)),
            entry("KmsKeyId", new Lengths(0, 2048)),
            entry("MoveToVersionId", new Lengths(32, 64)),
            entry("NextToken", new Lengths(1, 4096)),
            entry("RemoveFromVersionId", new Lengths(32, 64)),
            entry("ResourcePolicy", new Lengths(1, 20_480)),
            entry("RotationLambdaARN", new Lengths(0, 2048)),
            entry("VersionId", new Lengths(32, 64)),
            entry("VersionStage", new Lengths(1, 256))));

    private static final Map<String, List<String>> VALUES = new TreeMap<>(Map.of(
            "SortBy", List.of("created-date", "last-accessed-date", "last-changed-date", "name"),
            "SortOrder", List.of("asc", "desc")));

    private record Lengths(int min, int max) {}

    private SecretConstraints() {}

    /**
     * Checks the members of a call.
     *
     * @throws ServiceException ValidationException with all violations
     */
    static void check(AwsInput input) {
        List<String> violations = new ArrayList<>();
        LENGTHS.forEach((name, lengths) -> input.string(name).ifPresent(value -> {
            if (value.length() < lengths.min()) {
                violations.add(
                        violation(name, value, "Member must have length greater than or equal to " + lengths.min()));
            } else if (value.length() > lengths.max()) {
                violations.add(
                        violation(name, value, "Member must have length less than or equal to " + lengths.max()));
            }
        }));
        VALUES.forEach((name, values) -> input.string(name)
                .filter(value -> !values.contains(value))
                .ifPresent(value ->
                        violations.add(violation(name, value, "Member must satisfy enum value set: " + values))));
        if (!violations.isEmpty()) {
            throw SecretErrors.validation("%d validation error%s detected: %s"
                    .formatted(violations.size(), violations.size() > 1 ? "s" : "", String.join("; ", violations)));
        }
    }

    private static String violation(String name, String value, String constraint) {
        String member = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, member, constraint);
    }
}
