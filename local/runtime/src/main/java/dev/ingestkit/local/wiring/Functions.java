package dev.ingestkit.local.wiring;

import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntimeOptions;
import dev.ingestkit.local.template.spec.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns functions of a template into configurations for the function runtime. */
public final class Functions {

    private static final String ALL = "*";

    private Functions() {}

    /**
     * Returns the configurations, in the template's order.
     *
     * @param debugPorts by logical id or name; {@code *} stands for all, counted up from its port
     * @throws IllegalArgumentException for a debugger port of an unknown function, or two functions of one name
     */
    public static List<FunctionConfig> configs(List<FunctionSpec> specs, Map<String, Integer> debugPorts) {
        Map<String, Integer> left = new LinkedHashMap<>(debugPorts);
        Integer next = left.remove(ALL);
        List<FunctionConfig> configs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (FunctionSpec spec : specs) {
            if (!names.add(spec.name())) {
                throw new IllegalArgumentException(
                        "function %s: '%s' is already the name of another function; give each its own FunctionName"
                                .formatted(spec.logicalId(), spec.name()));
            }
            Integer named =
                    left.containsKey(spec.logicalId()) ? left.remove(spec.logicalId()) : left.remove(spec.name());
            Integer port = named == null ? next : named;
            if (named == null && next != null) {
                next++;
            }
            configs.add(config(spec).withDebugPort(port));
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("'%s' is not a function of this stack; its functions are %s"
                    .formatted(
                            new TreeSet<>(left.keySet()),
                            specs.stream().map(FunctionSpec::logicalId).toList()));
        }
        return configs;
    }

    private static FunctionConfig config(FunctionSpec spec) {
        return FunctionConfig.of(
                        spec.name(),
                        spec.arn().toString(),
                        spec.code().path(),
                        spec.code().handler())
                .withRuntime(spec.code().runtime())
                .withLayers(spec.code().layers())
                .withMemoryMegabytes(spec.limits().memoryMegabytes())
                .withTimeout(spec.limits().timeout())
                .withEnvironment(spec.environment())
                .withReservedConcurrency(spec.limits().reservedConcurrency().orElse(null))
                .withDescription(spec.description());
    }

    /** Returns one line that names the functions whose runtime is newer than this JVM; empty when there is none. */
    static Optional<String> onOlderJava(List<FunctionSpec> specs) {
        int own = Runtime.version().feature();
        List<String> newer = specs.stream()
                .filter(spec -> spec.code().runtime().matches("java\\d+")
                        && feature(spec.code().runtime()) > own)
                .map(spec -> spec.logicalId() + " (" + spec.code().runtime() + ")")
                .toList();
        return newer.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "functions for a newer Java run on this machine's Java %d, which is fine unless they need more: %s"
                                .formatted(own, String.join(", ", newer)));
    }

    private static int feature(String runtime) {
        return Integer.parseInt(runtime.substring("java".length()));
    }

    /** Opens a runtime's functions, none at first. */
    static FunctionHost host(FunctionHost.Factory factory, URI endpoint, RuntimeParts parts) {
        try {
            return factory.open(FunctionRuntimeOptions.of(endpoint.toString(), parts.region(), parts.journal())
                    .withFaults(parts.faults())
                    .withClock(parts.clock())
                    .withLog(parts.lines()));
        } catch (IOException failed) {
            throw new UncheckedIOException("the function runtime cannot be unpacked", failed);
        }
    }

    /** Registers the template's functions, and gives those that are registered their configuration again. */
    static void register(Collection<FunctionConfig> configs, FunctionHost functions) {
        SideBySide.run(configs.stream()
                .<Runnable>map(config -> () -> register(config, functions))
                .toList());
        functions.functions().stream()
                .map(FunctionConfig::name)
                .filter(name ->
                        configs.stream().noneMatch(config -> config.name().equals(name)))
                .forEach(functions::remove);
    }

    private static void register(FunctionConfig config, FunctionHost functions) {
        try {
            Optional<FunctionConfig> registered = functions.function(config.name());
            if (registered.isEmpty()) {
                functions.register(config);
            } else if (!registered.get().equals(config)) {
                functions.replace(config);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the code of function %s cannot be unpacked: %s"
                            .formatted(config.name(), config.code().path()),
                    failed);
        }
    }
}
