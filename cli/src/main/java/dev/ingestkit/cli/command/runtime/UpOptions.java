package dev.ingestkit.cli.command.runtime;

import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.faults.FaultRule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of an embedded runtime, shared by the commands that start one. */
public final class UpOptions {

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "The SAM template (default: ./template.yaml, otherwise the kit's own).")
    @Nullable
    Path template;

    @Option(
            names = "--app",
            paramLabel = "DIRECTORY",
            description = "Runs the stacks that cdk synth wrote to a directory, such as cdk.out.")
    @Nullable
    Path app;

    @Option(names = "--parameter", paramLabel = "NAME=VALUE", description = "A template parameter; repeatable.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "The stack's name (default: the name of the template's directory).")
    @Nullable
    String stack;

    @Option(names = "--region", paramLabel = "REGION", description = "The region in ARNs (default: us-east-1).")
    @Nullable
    String region;

    @Option(names = "--strict", description = "Rejects a template that uses a feature the runtime does not support.")
    boolean strict;

    @Option(names = "--no-limits", description = "Disables the throughput limits of shards.")
    boolean noLimits;

    @Option(
            names = "--fault",
            paramLabel = "SPEC",
            description = "Injects a fault, such as dynamodb:throttle,rate=0.1; repeatable.")
    List<String> faults = List.of();

    @Option(
            names = "--debug-port",
            paramLabel = "[FUNCTION=]PORT",
            description = "Lets functions listen for a debugger: all from this port on, or the named one.")
    List<String> debugPorts = List.of();

    @Option(
            names = "--attach",
            paramLabel = "URL",
            description =
                    "Runs gateway, mapping and functions here, on the stream, table and queue of another endpoint.")
    @Nullable
    URI attach;

    @Option(
            names = "--attach-beside-mapping",
            description = "Attaches even if a mapping there delivers the same records, which are then processed twice.")
    boolean attachBesideMapping;

    /** Returns the configuration, with files located and values checked. */
    LocalRuntimeConfig config(CliEnvironment environment, int port) {
        LocalRuntimeConfig config = LocalRuntimeConfig.of(template(environment))
                .withPort(port)
                .withStateDirectory(environment.workingDirectory().resolve(".ingest"))
                .withStackName(stack(environment))
                .withRegion(region(environment))
                .withStrict(strict)
                .withLimits(!noLimits)
                .withFaults(checkedFaults())
                .withDebugPorts(debugPorts());
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            config = config.withParameter(parameter.getKey(), parameter.getValue());
        }
        return attach == null ? config : config.withAttachTo(attach).withAttachBesideMapping(attachBesideMapping);
    }

    /** Returns the options that were given, as words of a command line. */
    List<String> arguments() {
        List<String> words = new ArrayList<>();
        add(words, "--template", template);
        add(words, "--app", app);
        parameters.forEach((name, value) -> add(words, "--parameter", name + "=" + value));
        add(words, "--stack", stack);
        add(words, "--region", region);
        if (strict) {
            words.add("--strict");
        }
        if (noLimits) {
            words.add("--no-limits");
        }
        faults.forEach(fault -> add(words, "--fault", fault));
        debugPorts.forEach(debugPort -> add(words, "--debug-port", debugPort));
        add(words, "--attach", attach);
        if (attachBesideMapping) {
            words.add("--attach-beside-mapping");
        }
        return words;
    }

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option + "=" + value);
        }
    }

    private List<String> checkedFaults() {
        for (String fault : faults) {
            try {
                FaultRule.parse(fault);
            } catch (IllegalArgumentException malformed) {
                throw new CliException("FAULT_INVALID", ExitCode.USAGE, "--fault: " + malformed.getMessage())
                        .hint("see all faults in docs/reference/faults.md");
            }
        }
        return faults;
    }

    /** Returns the stack's name from the option, otherwise from the tool's settings, otherwise by the template. */
    String stack(CliEnvironment environment) {
        if (stack != null) {
            return stack;
        }
        String set = set(environment, "INGEST_STACK", "");
        return set.isEmpty() ? StackName.of(template(environment), environment.home()) : set;
    }

    /** Returns the region. AWS's own variables are ignored, because they concern real accounts. */
    String region(CliEnvironment environment) {
        return region != null ? region : set(environment, "INGEST_REGION", "us-east-1");
    }

    private static String set(CliEnvironment environment, String variable, String fallback) {
        String value = environment.variables().getOrDefault(variable, "");
        return value.isBlank() ? fallback : value;
    }

    private Path template(CliEnvironment environment) {
        if (app != null) {
            if (template != null) {
                throw new CliException("USAGE", ExitCode.USAGE, "--app and --template cannot both be given");
            }
            return environment.workingDirectory().resolve(app);
        }
        String configured = set(environment, "INGEST_TEMPLATE", "");
        if (template != null || !configured.isEmpty()) {
            return environment.workingDirectory().resolve(template != null ? template : Path.of(configured));
        }
        return defaultTemplate(environment);
    }

    /** Returns the template in the working directory, otherwise the kit's own. */
    public static Path defaultTemplate(CliEnvironment environment) {
        Path here = environment.workingDirectory().resolve("template.yaml");
        return Files.exists(here) ? here : environment.home().resolve("template.yaml");
    }

    private Map<String, Integer> debugPorts() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (String value : debugPorts) {
            int equals = value.indexOf('=');
            String function = equals < 0 ? "*" : value.substring(0, equals);
            String number = value.substring(equals + 1);
            if (!number.matches("\\d{1,5}") || Integer.parseInt(number) > 65_535 || Integer.parseInt(number) == 0) {
                throw new CliException(
                        "INVALID_PORT",
                        ExitCode.USAGE,
                        "--debug-port '%s': '%s' is not a valid port (1 to 65535)".formatted(value, number));
            }
            ports.put(function, Integer.parseInt(number));
        }
        return ports;
    }
}
