package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of an embedded runtime. Immutable; created by {@link #of} and the {@code with…} methods.
 *
 * @param template the SAM template
 * @param parameters template parameters that replace defaults
 * @param names the names from which ARNs and generated names are formed
 * @param listen the address of the runtime's port
 * @param behavior deviations from a default run
 * @param attach another endpoint's data to work on, if any
 * @param data the directory that keeps all data for the next run; empty keeps it in memory
 * @param snapshots the directory that keeps the stack's snapshots
 */
public record LocalRuntimeConfig(
        Path template,
        Map<String, String> parameters,
        Names names,
        Listen listen,
        Behavior behavior,
        Attach attach,
        Optional<Path> data,
        Path snapshots) {

    public static final int DEFAULT_PORT = 4566;
    public static final String DEFAULT_STACK = "ingest-kit";

    /**
     * The names of a runtime's stack.
     *
     * @param stack the stack's name, in ARNs and generated names
     * @param region the region in ARNs, and the AWS_REGION of the functions
     * @param accountId twelve digits
     */
    public record Names(String stack, String region, String accountId) {
        public Names {
            requireNonNull(stack, "stack");
            requireNonNull(region, "region");
            if (!accountId.matches("\\d{12}")) {
                throw new IllegalArgumentException("accountId must be 12 digits: " + accountId);
            }
        }
    }

    /**
     * The address that a runtime binds.
     *
     * @param host loopback unless a user asks for more
     * @param port 0 for any free port
     */
    public record Listen(String host, int port) {
        public Listen {
            requireNonNull(host, "host");
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535: " + port);
            }
        }
    }

    /**
     * Deviations from a default run.
     *
     * @param strict true turns warnings about unsupported resources into an error
     * @param limits false switches off the shards' throughput limits
     * @param faults fault specifications, as on the command line
     * @param debugPorts debugger port by function name; the name {@code *} stands for all, counted up from it
     */
    public record Behavior(boolean strict, boolean limits, List<String> faults, Map<String, Integer> debugPorts) {
        public Behavior {
            faults = List.copyOf(faults);
            debugPorts = Map.copyOf(debugPorts);
        }
    }

    /**
     * Another endpoint whose data a runtime works on.
     *
     * @param endpoint the endpoint whose stream, table, queue and secret replace those in process; empty for none
     * @param stateDirectory the directory that keeps checkpoints of attached mappings, and the certificate
     * @param besideMapping whether to attach although a mapping there delivers the same records to the same function
     */
    public record Attach(Optional<URI> endpoint, Path stateDirectory, boolean besideMapping) {
        public Attach {
            requireNonNull(endpoint, "endpoint");
            requireNonNull(stateDirectory, "stateDirectory");
        }
    }

    public LocalRuntimeConfig {
        requireNonNull(template, "template");
        parameters = Map.copyOf(parameters);
        requireNonNull(names, "names");
        requireNonNull(listen, "listen");
        requireNonNull(behavior, "behavior");
        requireNonNull(attach, "attach");
        requireNonNull(data, "data");
        requireNonNull(snapshots, "snapshots");
        if (data.isPresent() && attach.endpoint().isPresent()) {
            throw new IllegalArgumentException("a runtime that is attached keeps no data of its own");
        }
    }

    /** Returns the defaults: loopback, port 4566, limits on, nothing attached. */
    public static LocalRuntimeConfig of(Path template) {
        return new LocalRuntimeConfig(
                template,
                Map.of(),
                new Names(DEFAULT_STACK, "us-east-1", "000000000000"),
                new Listen("127.0.0.1", DEFAULT_PORT),
                new Behavior(false, true, List.of(), Map.of()),
                new Attach(Optional.empty(), Path.of(".ingest"), false),
                Optional.empty(),
                Path.of(".ingest", "snapshots"));
    }

    /** Returns a configuration with another port, 0 for any free one. */
    public LocalRuntimeConfig withPort(int port) {
        return new LocalRuntimeConfig(
                template, parameters, names, new Listen(listen.host(), port), behavior, attach, data, snapshots);
    }

    /** Returns a configuration with another stack name. */
    public LocalRuntimeConfig withStackName(String stack) {
        return with(new Names(stack, names.region(), names.accountId()));
    }

    /** Returns a configuration with another region. */
    public LocalRuntimeConfig withRegion(String region) {
        return with(new Names(names.stack(), region, names.accountId()));
    }

    /** Returns a configuration with one more template parameter. */
    public LocalRuntimeConfig withParameter(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new LocalRuntimeConfig(template, more, names, listen, behavior, attach, data, snapshots);
    }

    /** Returns a configuration in which warnings about unsupported resources are errors, or are not. */
    public LocalRuntimeConfig withStrict(boolean strict) {
        return with(new Behavior(strict, behavior.limits(), behavior.faults(), behavior.debugPorts()));
    }

    /** Returns a configuration with or without the shards' throughput limits. */
    public LocalRuntimeConfig withLimits(boolean limits) {
        return with(new Behavior(behavior.strict(), limits, behavior.faults(), behavior.debugPorts()));
    }

    /** Returns a configuration that injects these faults from the start. */
    public LocalRuntimeConfig withFaults(List<String> faults) {
        return with(new Behavior(behavior.strict(), behavior.limits(), faults, behavior.debugPorts()));
    }

    /** Returns a configuration whose functions wait for debuggers on these ports. */
    public LocalRuntimeConfig withDebugPorts(Map<String, Integer> debugPorts) {
        return with(new Behavior(behavior.strict(), behavior.limits(), behavior.faults(), debugPorts));
    }

    /** Returns a configuration that works on the data of another endpoint. */
    public LocalRuntimeConfig withAttachTo(URI endpoint) {
        return with(new Attach(Optional.of(endpoint), attach.stateDirectory(), attach.besideMapping()));
    }

    /** Returns a configuration with another directory for checkpoints of attached mappings. */
    public LocalRuntimeConfig withStateDirectory(Path stateDirectory) {
        return with(new Attach(attach.endpoint(), stateDirectory, attach.besideMapping()));
    }

    /** Returns a configuration that attaches beside a mapping that delivers the same records, or refuses to. */
    public LocalRuntimeConfig withAttachBesideMapping(boolean besideMapping) {
        return with(new Attach(attach.endpoint(), attach.stateDirectory(), besideMapping));
    }

    /** Returns a configuration that keeps all data in a directory, which is created if it does not exist. */
    public LocalRuntimeConfig withData(Path directory) {
        return new LocalRuntimeConfig(
                template, parameters, names, listen, behavior, attach, Optional.of(directory), snapshots);
    }

    /** Returns a configuration that keeps snapshots in a directory, which the first snapshot creates. */
    public LocalRuntimeConfig withSnapshots(Path directory) {
        return new LocalRuntimeConfig(template, parameters, names, listen, behavior, attach, data, directory);
    }

    private LocalRuntimeConfig with(Names changed) {
        return new LocalRuntimeConfig(template, parameters, changed, listen, behavior, attach, data, snapshots);
    }

    private LocalRuntimeConfig with(Behavior changed) {
        return new LocalRuntimeConfig(template, parameters, names, listen, changed, attach, data, snapshots);
    }

    private LocalRuntimeConfig with(Attach changed) {
        return new LocalRuntimeConfig(template, parameters, names, listen, behavior, changed, data, snapshots);
    }
}
