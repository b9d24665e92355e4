package dev.ingestkit.cli.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds resources by their logical ids. That of a nested stack's resource begins with the nested stack's name and a dot,
 * which may be left out where only one resource is meant. Stateless.
 */
public final class LogicalIds {

    private LogicalIds() {}

    /**
     * Returns the logical id that a word stands for; empty if there is none.
     *
     * @throws CliException if the word is the end of several ids and none of them itself
     */
    static Optional<String> find(String word, Collection<String> ids) {
        if (ids.contains(word)) {
            return Optional.of(word);
        }
        List<String> found =
                ids.stream().filter(id -> id.endsWith("." + word)).sorted().toList();
        if (found.size() > 1) {
            throw new CliException(
                            "NAME_UNCLEAR", ExitCode.USAGE, "'%s' names %d resources".formatted(word, found.size()))
                    .because(String.join(", ", found), null)
                    .hint("give the nested stack's name too: " + found.get(0));
        }
        return found.stream().findFirst();
    }

    /**
     * Returns the name of the function that a word stands for, its name or its logical id, from the status of a runtime.
     *
     * @throws CliException if the stack has no such function, or as {@link #find}
     */
    public static String function(String word, JsonNode status) {
        List<String> known = status.path("functions").findValuesAsText("name");
        if (known.contains(word)) {
            return word;
        }
        return physicalId(word, status)
                .filter(known::contains)
                .orElseThrow(() -> new CliException(
                                "FUNCTION_NOT_FOUND",
                                ExitCode.ENVIRONMENT,
                                "'%s' is not a function that the stack runs".formatted(word))
                        .because(
                                known.isEmpty()
                                        ? "it runs no function"
                                        : "its functions are " + String.join(", ", known),
                                null)
                        .hint("see their state: ingest-cli status"));
    }

    /**
     * Returns the physical id of the resource that a word stands for, from the status of a runtime; empty if there is none.
     *
     * @throws CliException as {@link #find}
     */
    public static Optional<String> physicalId(String word, JsonNode status) {
        List<String> ids = new ArrayList<>(status.path("resources").findValuesAsText("logicalId"));
        return find(word, ids)
                .map(id -> status.path("resources")
                        .get(ids.indexOf(id))
                        .path("physicalId")
                        .asText());
    }
}
