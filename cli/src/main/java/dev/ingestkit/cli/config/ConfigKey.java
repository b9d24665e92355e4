package dev.ingestkit.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What can be set in a configuration file. Each key has variables that win over the files: the tool's own, then AWS's.
 * The first variable is the one that a file's value is handed on as.
 */
@SuppressWarnings("ImmutableEnumChecker") // its collections are those of List.of and Set.of
public enum ConfigKey {
    ENDPOINT("", "INGEST_ENDPOINT_URL", "INGEST_ENDPOINT", "AWS_ENDPOINT_URL"),
    TARGET("local", Set.of("local", "aws"), "INGEST_TARGET"),
    STACK("ingest-kit", "INGEST_STACK"),
    REGION("us-east-1", "INGEST_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"),
    PROFILE("", "INGEST_PROFILE", "AWS_PROFILE"),
    OUTPUT("table", Set.of("table", "json", "ndjson", "yaml", "csv", "name"), "INGEST_OUTPUT"),
    COLOR("auto", Set.of("auto", "always", "never"), "INGEST_COLOR"),
    TEMPLATE("", "INGEST_TEMPLATE"),
    PORT("4566", "INGEST_PORT"),
    STATE_DIR("", "INGEST_STATE_DIR");

    private final String fallback;
    private final Set<String> allowed;
    private final List<String> variables;

    ConfigKey(String fallback, String... variables) {
        this(fallback, Set.of(), variables);
    }

    ConfigKey(String fallback, Set<String> allowed, String... variables) {
        this.fallback = fallback;
        this.allowed = allowed;
        this.variables = List.of(variables);
    }

    /** As it is written in a file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What holds when nothing sets it; empty where that depends on the machine. */
    public String fallback() {
        return fallback;
    }

    /** The variables that set it, the strongest first. */
    public List<String> variables() {
        return variables;
    }

    /** The only values it may have; empty when any will do. */
    Set<String> allowed() {
        return allowed;
    }

    /** True for a value that is a path: in a file it is relative to that file's folder. */
    boolean isPath() {
        return this == TEMPLATE || this == STATE_DIR;
    }

    static Optional<ConfigKey> of(String key) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.key().equals(key))
                .findFirst();
    }
}
