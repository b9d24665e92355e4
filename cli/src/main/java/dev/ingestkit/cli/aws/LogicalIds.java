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
