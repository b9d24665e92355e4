package dev.ingestkit.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of configuration files. Each key has environment variables with precedence over the files: the tool's own,
 * then AWS's. A file's value is passed on as the first variable.
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
    DATA("", "INGEST_DATA"),
    STATE_DIR("", "INGEST_STATE_DIR"),
    STREAM("", "INGEST_STREAM"),
    TABLE("", "INGEST_TABLE"),
    QUEUE("", "INGEST_QUEUE"),
    FUNCTION("", "INGEST_FUNCTION");

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

    /** Returns the key's name in a file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the default; empty if it depends on the machine or the stack. */
    public String fallback() {
        return fallback;
    }

    /** Returns the variables that set the key, in order of precedence. */
    public List<String> variables() {
        return variables;
    }

    /** Returns the allowed values; empty if any value is allowed. */
    Set<String> allowed() {
        return allowed;
    }

    /** Returns whether the value is a path, which in a file is relative to the file's directory. */
    boolean isPath() {
        return this == TEMPLATE || this == DATA || this == STATE_DIR;
    }

    static Optional<ConfigKey> of(String key) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.key().equals(key))
                .findFirst();
    }
}
