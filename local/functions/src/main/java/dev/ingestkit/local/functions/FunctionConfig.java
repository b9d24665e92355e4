package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as its template describes it. Immutable; created by {@link #of} and the {@code with…} methods, whose
 * defaults are Lambda's.
 *
 * @param name as in {@code AWS_LAMBDA_FUNCTION_NAME}
 * @param arn the unqualified ARN
 * @param environment the variables of the template; Lambda's own are added to them
 * @param description free text
 * @param debugPort the port on which the function's JVM listens for a debugger; null for none. With a debugger port the
 * function has
 *     one execution environment and its timeout is not enforced
 */
public record FunctionConfig(
        String name,
        String arn,
        Code code,
        Limits limits,
        Map<String, String> environment,
        String description,
        @Nullable Integer debugPort) {

    /**
     * The code of a function.
     *
     * @param path a jar or zip in Lambda's layout (classes at the root, dependencies in {@code lib/}), a jar with
     *     everything in it, or a directory of classes with an optional {@code lib/}
     * @param handler {@code package.Class} or {@code package.Class::method}
     * @param runtime Lambda's name of the runtime: {@code java17}
     * @param layers archives or folders whose {@code java/lib/} is on the class path behind the code's own
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
     * @param timeout up to 900 seconds; Lambda accepts whole seconds only, here fractions are allowed
     * @param reservedConcurrency the maximum number of concurrent invocations; 0 throttles all, null sets no limit
     */
    public record Limits(
            int memoryMegabytes, Duration timeout, @Nullable Integer reservedConcurrency) {
        public Limits {
            requireNonNull(timeout, "timeout");
        }

        private void requireWithinLambdas(String function) {
            require(
                    memoryMegabytes >= 128 && memoryMegabytes <= 10_240,
                    function,
                    "memory must be 128 to 10240 MB",
                    memoryMegabytes);
            require(
                    !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(MAX_TIMEOUT) <= 0,
                    function,
                    "timeout must be above 0 and at most 900 seconds",
                    timeout);
            require(
                    reservedConcurrency == null || reservedConcurrency >= 0,
                    function,
                    "reserved concurrency must not be negative",
                    String.valueOf(reservedConcurrency));
        }
    }

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

    public FunctionConfig {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("function name must be 1 to 64 letters, digits, - or _: " + name);
        }
        requireNonNull(arn, "arn");
        requireNonNull(description, "description");
        environment = Map.copyOf(environment);
        require(!code.handler().isBlank(), name, "handler must not be empty", code.handler());
        limits.requireWithinLambdas(name);
        require(
                debugPort == null || (debugPort > 0 && debugPort <= 65_535),
                name,
                "debugger port must be 1 to 65535",
                String.valueOf(debugPort));
    }

    private static void require(boolean holds, String name, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("function %s: %s: %s".formatted(name, rule, value));
        }
    }

    /** Returns a function with Lambda's defaults: 128 MB, 3 seconds, no variables, no reserved concurrency. */
    public static FunctionConfig of(String name, String arn, Path code, String handler) {
        return new FunctionConfig(
                name,
                arn,
                new Code(code, handler, "java17", List.of()),
                new Limits(128, Duration.ofSeconds(3), null),
                Map.of(),
                "",
                null);
    }

    /** Returns whether a debugger may suspend the function; its timeouts are then not enforced. */
    boolean debugged() {
        return debugPort != null;
    }

    /** Returns a copy with its code at another path. */
    public FunctionConfig withCode(Path value) {
        return with(new Code(value, code.handler, code.runtime, code.layers));
    }

    /** Returns a copy with another runtime. */
    public FunctionConfig withRuntime(String value) {
        return with(new Code(code.path, code.handler, value, code.layers));
    }

    /** Returns a copy with other layers, the first of them first on the class path. */
    public FunctionConfig withLayers(List<Path> value) {
        return with(new Code(code.path, code.handler, code.runtime, value));
    }

    /** Returns a copy with another size of memory. */
    public FunctionConfig withMemoryMegabytes(int value) {
        return with(new Limits(value, limits.timeout, limits.reservedConcurrency));
    }

    /** Returns a copy with another timeout. */
    public FunctionConfig withTimeout(Duration value) {
        return with(new Limits(limits.memoryMegabytes, value, limits.reservedConcurrency));
    }

    /** Returns a copy with another reserved concurrency. */
    public FunctionConfig withReservedConcurrency(@Nullable Integer value) {
        return with(new Limits(limits.memoryMegabytes, limits.timeout, value));
    }

    private FunctionConfig with(Code value) {
        return new FunctionConfig(name, arn, value, limits, environment, description, debugPort);
    }

    private FunctionConfig with(Limits value) {
        return new FunctionConfig(name, arn, code, value, environment, description, debugPort);
    }

    /** Returns a copy with other environment variables. */
    public FunctionConfig withEnvironment(Map<String, String> value) {
        return new FunctionConfig(name, arn, code, limits, value, description, debugPort);
    }

    /** Returns a copy with another description. */
    public FunctionConfig withDescription(String value) {
        return new FunctionConfig(name, arn, code, limits, environment, value, debugPort);
    }

    /** Returns a copy with another debugger port. */
    public FunctionConfig withDebugPort(@Nullable Integer value) {
        return new FunctionConfig(name, arn, code, limits, environment, description, value);
    }
}
