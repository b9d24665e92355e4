package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function as its template describes it. Immutable; created by {@link #of} and the {@code with…} methods, whose
 * defaults are Lambda's.
 *
 * @param name as in {@code AWS_LAMBDA_FUNCTION_NAME}
 * @param arn the unqualified ARN
 * @param code a jar or zip in Lambda's layout (classes at the root, dependencies in {@code lib/}), a jar with
 *     everything in it, or a directory of classes with an optional {@code lib/}
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param runtime Lambda's name of the runtime: {@code java17}
 * @param memoryMegabytes 128 to 10,240
 * @param timeout up to 900 seconds; Lambda accepts whole seconds only, here fractions are allowed
 * @param environment the variables of the template; Lambda's own are added to them
 * @param reservedConcurrency the maximum number of concurrent invocations; 0 throttles all, null sets no limit
 * @param description free text
 * @param debugPort the port on which the function's JVM listens for a debugger; null for none. With a debugger port the
 * function has
 *     one execution environment and its timeout is not enforced
 */
public record FunctionConfig(
        String name,
        String arn,
        Path code,
        String handler,
        String runtime,
        int memoryMegabytes,
        Duration timeout,
        Map<String, String> environment,
        @Nullable Integer reservedConcurrency,
        String description,
        @Nullable Integer debugPort) {

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);

    public FunctionConfig {
        if (!name.matches("[a-zA-Z0-9-_]{1,64}")) {
            throw new IllegalArgumentException("function name must be 1 to 64 letters, digits, - or _: " + name);
        }
        requireNonNull(arn, "arn");
        requireNonNull(code, "code");
        requireNonNull(runtime, "runtime");
        requireNonNull(description, "description");
        environment = Map.copyOf(environment);
        require(!handler.isBlank(), name, "handler must not be empty", handler);
        require(
                memoryMegabytes >= 128 && memoryMegabytes <= 10_240,
                name,
                "memory must be 128 to 10240 MB",
                memoryMegabytes);
        require(
                !timeout.isNegative() && !timeout.isZero() && timeout.compareTo(MAX_TIMEOUT) <= 0,
                name,
                "timeout must be above 0 and at most 900 seconds",
                timeout);
        require(
                reservedConcurrency == null || reservedConcurrency >= 0,
                name,
                "reserved concurrency must not be negative",
                String.valueOf(reservedConcurrency));
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
                name, arn, code, handler, "java17", 128, Duration.ofSeconds(3), Map.of(), null, "", null);
    }

    /** Says whether a debugger may suspend the function; its timeouts are then not enforced. */
    boolean debugged() {
        return debugPort != null;
    }

    /** Returns a copy with other code. */
    public FunctionConfig withCode(Path value) {
        return with(draft -> draft.code = value);
    }

    /** Returns a copy with another runtime. */
    public FunctionConfig withRuntime(String value) {
        return with(draft -> draft.runtime = value);
    }

    /** Returns a copy with another memory size. */
    public FunctionConfig withMemoryMegabytes(int value) {
        return with(draft -> draft.memoryMegabytes = value);
    }

    /** Returns a copy with another timeout. */
    public FunctionConfig withTimeout(Duration value) {
        return with(draft -> draft.timeout = value);
    }

    /** Returns a copy with other environment variables. */
    public FunctionConfig withEnvironment(Map<String, String> value) {
        return with(draft -> draft.environment = value);
    }

    /** Returns a copy with another reserved concurrency. */
    public FunctionConfig withReservedConcurrency(@Nullable Integer value) {
        return with(draft -> draft.reservedConcurrency = value);
    }

    /** Returns a copy with another description. */
    public FunctionConfig withDescription(String value) {
        return with(draft -> draft.description = value);
    }

    /** Returns a copy with another debugger port. */
    public FunctionConfig withDebugPort(@Nullable Integer value) {
        return with(draft -> draft.debugPort = value);
    }

    private FunctionConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same values in fields, to be changed one by one. */
    private static final class Draft {

        private final String name;
        private final String arn;
        private Path code;
        private final String handler;
        private String runtime;
        private int memoryMegabytes;
        private Duration timeout;
        private Map<String, String> environment;
        private @Nullable Integer reservedConcurrency;
        private String description;
        private @Nullable Integer debugPort;

        Draft(FunctionConfig from) {
            name = from.name;
            arn = from.arn;
            code = from.code;
            handler = from.handler;
            runtime = from.runtime;
            memoryMegabytes = from.memoryMegabytes;
            timeout = from.timeout;
            environment = from.environment;
            reservedConcurrency = from.reservedConcurrency;
            description = from.description;
            debugPort = from.debugPort;
        }

        FunctionConfig done() {
            return new FunctionConfig(
                    name,
                    arn,
                    code,
                    handler,
                    runtime,
                    memoryMegabytes,
                    timeout,
                    environment,
                    reservedConcurrency,
                    description,
                    debugPort);
        }
    }
}
