package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The functions that the API lists. Implementations are thread-safe. */
@FunctionalInterface
public interface FunctionCatalog {

    /** Returns all functions, in the order of the list. */
    List<Entry> functions();

    /**
     * A function with the members that the API lists beside its configuration.
     *
     * @param role its execution role's ARN
     * @param codeSize the archive's size in bytes, 0 when it is a directory
     * @param aliases the qualifiers it can be called by, beside {@code $LATEST}
     */
    record Entry(
            FunctionConfig config,
            String role,
            Instant lastModified,
            long codeSize,
            List<Alias> aliases,
            Map<String, String> tags) {

        public Entry {
            requireNonNull(config, "config");
            requireNonNull(role, "role");
            requireNonNull(lastModified, "lastModified");
            aliases = List.copyOf(aliases);
            tags = Map.copyOf(tags);
        }
    }

    /** A name for a version of a function. */
    record Alias(String name, String version) {}
}
