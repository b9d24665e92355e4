package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an embedded runtime is to run, and how. Immutable; made by {@link #of} and the {@code with…} methods.
 *
 * @param template the SAM template
 * @param stackName the stack's name, in ARNs and generated names
 * @param parameters template parameters that replace defaults
 * @param host the address to bind; loopback unless a user asks for more
 * @param port 0 for any free port
 * @param region in ARNs, and what the functions see as AWS_REGION
 * @param accountId twelve digits
 * @param dynamoDbHome the folder with DynamoDB Local's jars
 * @param strict true turns warnings about what is not run into an error
 * @param limits false switches off the shards' throughput limits
 * @param faults fault specifications, as on the command line
 * @param debugPorts debugger port by function name; the name {@code *} stands for all, counted up from it
 * @param attachTo another endpoint whose stream, table, queue and secret are used instead of those in process
 * @param stateDirectory where checkpoints of an attached mapping are kept
 * @param attachBesideMapping true to attach though a mapping there delivers the same records to the same function
 */
public record LocalRuntimeConfig(
        Path template,
        String stackName,
        Map<String, String> parameters,
        String host,
        int port,
        String region,
        String accountId,
        Path dynamoDbHome,
        boolean strict,
        boolean limits,
        List<String> faults,
        Map<String, Integer> debugPorts,
        Optional<URI> attachTo,
        Path stateDirectory,
        boolean attachBesideMapping) {

    public static final int DEFAULT_PORT = 4566;
    public static final String DEFAULT_STACK = "ingest-kit";

    public LocalRuntimeConfig {
        requireNonNull(template, "template");
        requireNonNull(stackName, "stackName");
        parameters = Map.copyOf(parameters);
        requireNonNull(host, "host");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
        requireNonNull(region, "region");
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId must be 12 digits: " + accountId);
        }
        requireNonNull(dynamoDbHome, "dynamoDbHome");
        faults = List.copyOf(faults);
        debugPorts = Map.copyOf(debugPorts);
        requireNonNull(attachTo, "attachTo");
        requireNonNull(stateDirectory, "stateDirectory");
    }

    /** The defaults: loopback, port 4566, limits on, nothing attached. */
    public static LocalRuntimeConfig of(Path template, Path dynamoDbHome) {
        return new LocalRuntimeConfig(
                template,
                DEFAULT_STACK,
                Map.of(),
                "127.0.0.1",
                DEFAULT_PORT,
                "us-east-1",
                "000000000000",
                dynamoDbHome,
                false,
                true,
                List.of(),
                Map.of(),
                Optional.empty(),
                Path.of(".ingest"),
                false);
    }

    public LocalRuntimeConfig withPort(int value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                value,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withStackName(String value) {
        return new LocalRuntimeConfig(
                template,
                value,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    /** One template parameter more. */
    public LocalRuntimeConfig withParameter(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new LocalRuntimeConfig(
                template,
                stackName,
                more,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withRegion(String value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                value,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withStrict(boolean value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                value,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withLimits(boolean value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                value,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withFaults(List<String> value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                value,
                debugPorts,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withDebugPorts(Map<String, Integer> value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                value,
                attachTo,
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withAttachTo(URI value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                Optional.of(value),
                stateDirectory,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withStateDirectory(Path value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                value,
                attachBesideMapping);
    }

    public LocalRuntimeConfig withAttachBesideMapping(boolean value) {
        return new LocalRuntimeConfig(
                template,
                stackName,
                parameters,
                host,
                port,
                region,
                accountId,
                dynamoDbHome,
                strict,
                limits,
                faults,
                debugPorts,
                attachTo,
                stateDirectory,
                value);
    }
}
