package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.OutputFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the variables that point other programs at the target. */
@Command(
        name = "env",
        description = {
            "Prints shell commands that point other tools, such as aws and SDKs, at the target.",
            "The embedded runtime also serves TLS on its port: AWS_CA_BUNDLE names its certificate.",
            "--unset prints the commands that undo it.",
            "Version 1 of the aws command ignores AWS_ENDPOINT_URL for SQS: give it --endpoint-url"
                    + " \"$AWS_ENDPOINT_URL\"."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  eval \"$(ingest-cli env)\" && aws kinesis list-streams",
            "  eval \"$(ingest-cli env --unset)\"",
            "  ingest-cli env -o json"
        })
public final class EnvCommand implements Runnable {

    private static final String KEY = "test";
    private static final List<String> CREDENTIALS = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    /** The variables that only this command sets, or that it overrides together with the endpoint. */
    private static final List<String> OTHERS = List.of(
            "AWS_ENDPOINT_URL",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "AWS_CA_BUNDLE",
            "INGEST_STACK",
            "INGEST_SUBMIT_URL",
            "INGEST_STREAM",
            "INGEST_TABLE",
            "INGEST_QUEUE_URL",
            "INGEST_SECRET_ARN");

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Option(names = "--unset", description = "Prints commands that remove the variables again; needs no target.")
    boolean unset;

    public EnvCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (unset) {
            context.output().text(unsetting());
            return;
        }
        Map<String, String> variables = variables(context.target(targetOptions.request()));
        if (context.output().settings().format() != OutputFormat.TABLE) {
            context.output().one(variables);
            return;
        }
        StringBuilder script = new StringBuilder();
        variables.forEach((name, value) -> script.append("export ")
                .append(name)
                .append('=')
                .append(quoted(value))
                .append('\n'));
        context.output().text(script.toString());
    }

    /** Returns the commands that remove the variables; keys are removed only if they are the ones that env sets. */
    private static String unsetting() {
        StringBuilder script = new StringBuilder("unset " + String.join(" ", OTHERS) + "\n");
        for (String name : CREDENTIALS) {
            script.append("if [ \"${%s-}\" = %s ]; then unset %s; fi\n".formatted(name, KEY, name));
        }
        return script.toString();
    }

    private Map<String, String> variables(Target target) {
        Map<String, String> variables = new LinkedHashMap<>();
        target.endpoint().ifPresent(endpoint -> {
            variables.put("AWS_ENDPOINT_URL", endpoint.toString());
            CREDENTIALS.forEach(name -> variables.put(name, KEY));
        });
        variables.put("AWS_REGION", target.region());
        variables.put("AWS_DEFAULT_REGION", target.region());
        if (target.kind() == Target.Kind.EMBEDDED) {
            target.endpoint()
                    .flatMap(endpoint -> new ControlClient(endpoint).certificate())
                    .ifPresent(file -> variables.put("AWS_CA_BUNDLE", file));
        }
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            stack.outputs(); // fails for a stack that does not exist
            variables.put("INGEST_STACK", target.stack());
            // A stack of the user's own may lack some of these, or have several.
            stack.submitUrl().ifPresent(url -> variables.put("INGEST_SUBMIT_URL", url.toString()));
            stack.stream().ifPresent(name -> variables.put("INGEST_STREAM", name));
            stack.table().ifPresent(name -> variables.put("INGEST_TABLE", name));
            stack.queue().ifPresent(url -> variables.put("INGEST_QUEUE_URL", url));
            stack.secret().ifPresent(arn -> variables.put("INGEST_SECRET_ARN", arn));
        }
        return variables;
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
