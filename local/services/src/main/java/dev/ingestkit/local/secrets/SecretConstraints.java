package dev.ingestkit.local.secrets;

import static java.util.Map.entry;

import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks members whose constraints are the same in all actions, before the action runs. Members that other messages
 * name, such as {@code MaxResults}, are checked by their action.
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
        Constraints constraints = new Constraints();
        LENGTHS.forEach((name, lengths) -> constraints.length(name, input.string(name), lengths.min(), lengths.max()));
        VALUES.forEach((name, values) -> constraints.oneOf(name, input.string(name), values));
        constraints.check();
    }
}
