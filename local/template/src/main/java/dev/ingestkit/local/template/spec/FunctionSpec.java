package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.model.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java function to be run.
 *
 * @param name the function's name; {@code stack-LogicalId} if the template gives none
 * @param code a jar, a zip or a folder of classes; need not exist yet
 * @param memoryMegabytes 128 to 10,240
 * @param timeout 1 to 900 seconds
 * @param environment the variables of the template, in its order
 * @param reservedConcurrency how many invocations may run at once; empty for no limit of its own
 * @param role the role's ARN, without effect here
 * @param at the place in the template
 */
public record FunctionSpec(
        String logicalId,
        String name,
        String arn,
        Path code,
        String handler,
        String runtime,
        int memoryMegabytes,
        Duration timeout,
        Map<String, String> environment,
        Optional<Integer> reservedConcurrency,
        String description,
        String role,
        List<Alias> aliases,
        Location at) {

    /**
     * A name for a version of a function.
     *
     * @param version {@code 1}, or {@code $LATEST}; here both are the same code
     */
    public record Alias(String name, String version, String arn) {}

    public FunctionSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
        requireNonNull(code, "code");
        requireNonNull(handler, "handler");
        requireNonNull(runtime, "runtime");
        requireNonNull(timeout, "timeout");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        aliases = List.copyOf(aliases);
    }

    /** True for the function's name, its ARN, or one of both with a qualifier. */
    public boolean isNamed(String nameOrArn) {
        String unqualified = nameOrArn.startsWith(arn) ? nameOrArn.substring(arn.length()) : null;
        if (unqualified != null) {
            return unqualified.isEmpty() || unqualified.startsWith(":");
        }
        return nameOrArn.equals(name) || nameOrArn.startsWith(name + ":");
    }
}
