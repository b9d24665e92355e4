package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.OutputFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the variables that point other programs at the target. */
@Command(
        name = "env",
        description = "Prints shell commands that point other tools, such as aws and SDKs, at the target.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  eval \"$(ingest-cli env)\" && aws kinesis list-streams", "  ingest-cli env -o json"})
public final class EnvCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    public EnvCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
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

    private static Map<String, String> variables(Target target) {
        Map<String, String> variables = new LinkedHashMap<>();
        target.endpoint().ifPresent(endpoint -> {
            variables.put("AWS_ENDPOINT_URL", endpoint.toString());
            variables.put("AWS_ACCESS_KEY_ID", "test");
            variables.put("AWS_SECRET_ACCESS_KEY", "test");
        });
        variables.put("AWS_REGION", target.region());
        variables.put("AWS_DEFAULT_REGION", target.region());
        try (AwsClients clients = new AwsClients(target)) {
            StackOutputs outputs = StackOutputs.of(clients);
            variables.put("INGEST_STACK", target.stack());
            // A user's own stack may lack some of these outputs.
            Set<String> known = outputs.all().keySet();
            put(
                    variables,
                    "INGEST_SUBMIT_URL",
                    known,
                    "SubmitUrl",
                    () -> outputs.submitUrl().toString());
            put(variables, "INGEST_STREAM", known, "StreamName", outputs::streamName);
            put(variables, "INGEST_TABLE", known, "TableName", outputs::tableName);
            put(variables, "INGEST_QUEUE_URL", known, "DeadLetterQueueUrl", outputs::queueUrl);
            put(variables, "INGEST_SECRET_ARN", known, "SecretArn", outputs::secretArn);
        }
        return variables;
    }

    private static void put(
            Map<String, String> variables, String name, Set<String> known, String output, Supplier<String> value) {
        if (known.contains(output)) {
            variables.put(name, value.get());
        }
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
