package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        return with(draft -> draft.port = value);
    }

    public LocalRuntimeConfig withStackName(String value) {
        return with(draft -> draft.stackName = value);
    }

    /** One template parameter more. */
    public LocalRuntimeConfig withParameter(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return with(draft -> draft.parameters = more);
    }

    public LocalRuntimeConfig withRegion(String value) {
        return with(draft -> draft.region = value);
    }

    public LocalRuntimeConfig withStrict(boolean value) {
        return with(draft -> draft.strict = value);
    }

    public LocalRuntimeConfig withLimits(boolean value) {
        return with(draft -> draft.limits = value);
    }

    public LocalRuntimeConfig withFaults(List<String> value) {
        return with(draft -> draft.faults = value);
    }

    public LocalRuntimeConfig withDebugPorts(Map<String, Integer> value) {
        return with(draft -> draft.debugPorts = value);
    }

    public LocalRuntimeConfig withAttachTo(URI value) {
        return with(draft -> draft.attachTo = Optional.of(value));
    }

    public LocalRuntimeConfig withStateDirectory(Path value) {
        return with(draft -> draft.stateDirectory = value);
    }

    public LocalRuntimeConfig withAttachBesideMapping(boolean value) {
        return with(draft -> draft.attachBesideMapping = value);
    }

    private LocalRuntimeConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The same values, to be changed one by one. */
    private static final class Draft {

        private final Path template;
        private String stackName;
        private Map<String, String> parameters;
        private final String host;
        private int port;
        private String region;
        private final String accountId;
        private final Path dynamoDbHome;
        private boolean strict;
        private boolean limits;
        private List<String> faults;
        private Map<String, Integer> debugPorts;
        private Optional<URI> attachTo;
        private Path stateDirectory;
        private boolean attachBesideMapping;

        Draft(LocalRuntimeConfig from) {
            template = from.template;
            stackName = from.stackName;
            parameters = from.parameters;
            host = from.host;
            port = from.port;
            region = from.region;
            accountId = from.accountId;
            dynamoDbHome = from.dynamoDbHome;
            strict = from.strict;
            limits = from.limits;
            faults = from.faults;
            debugPorts = from.debugPorts;
            attachTo = from.attachTo;
            stateDirectory = from.stateDirectory;
            attachBesideMapping = from.attachBesideMapping;
        }

        LocalRuntimeConfig done() {
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
                    attachBesideMapping);
        }
    }
}
