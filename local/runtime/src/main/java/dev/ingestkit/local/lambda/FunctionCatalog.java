package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The functions that the API shows. Thread-safe. */
@FunctionalInterface
public interface FunctionCatalog {

    /** All functions, in the order they are listed. */
    List<Entry> functions();

    /**
     * A function with what the API shows beside its configuration.
     *
     * @param role its execution role's ARN
     * @param codeSize the archive's size in bytes, 0 when it is a folder
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

    /** A name for a version. */
    record Alias(String name, String version) {}
}
