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
 * A Java function to be run. Its name is {@code stack-LogicalId} if the template gives none.
 *
 * @param environment the variables of the template, in its order, and those of its logging configuration
 * @param role the role's ARN, which has no effect here
 * @param at the position in the template
 */
public record FunctionSpec(
        ResourceIdentity identity,
        Code code,
        Limits limits,
        Map<String, String> environment,
        String description,
        String role,
        List<Alias> aliases,
        Location at)
        implements IdentifiedSpec {

    /**
     * The code of a function.
     *
     * @param path a jar, a zip or a directory of classes; need not exist yet
     * @param handler the handler's class, optionally with {@code ::} and a method
     * @param runtime {@code java17}, {@code java21}
     * @param layers the contents of the function's layers, in the template's order
     */
    public record Code(Path path, String handler, String runtime, List<Path> layers) {
        public Code {
            requireNonNull(path, "path");
            requireNonNull(handler, "handler");
            requireNonNull(runtime, "runtime");
            layers = List.copyOf(layers);
        }
    }

    /**
     * The bounds of a function's invocations.
     *
     * @param memoryMegabytes 128 to 10,240
     * @param timeout 1 to 900 seconds
     * @param reservedConcurrency the invocations that may run at once; empty for no own limit
     */
    public record Limits(int memoryMegabytes, Duration timeout, Optional<Integer> reservedConcurrency) {
        public Limits {
            requireNonNull(timeout, "timeout");
            requireNonNull(reservedConcurrency, "reservedConcurrency");
        }
    }

    /**
     * A name for a version of a function.
     *
     * @param version {@code 1}, or {@code $LATEST}; here both are the same code
     */
    public record Alias(String name, String version, String arn) {}

    public FunctionSpec {
        requireNonNull(identity, "identity");
        requireNonNull(code, "code");
        requireNonNull(limits, "limits");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        requireNonNull(description, "description");
        requireNonNull(role, "role");
        aliases = List.copyOf(aliases);
        requireNonNull(at, "at");
    }

    /** Returns whether a text is the function's name, its ARN, or one of them with a qualifier. */
    public boolean isNamed(String nameOrArn) {
        String arn = arn().toString();
        if (nameOrArn.startsWith(arn)) {
            return nameOrArn.length() == arn.length() || nameOrArn.charAt(arn.length()) == ':';
        }
        return nameOrArn.equals(name()) || nameOrArn.startsWith(name() + ":");
    }
}
