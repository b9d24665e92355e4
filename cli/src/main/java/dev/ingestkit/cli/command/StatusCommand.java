package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.target.ControlClient;
import dev.ingestkit.cli.target.Target;
import java.net.URI;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a running pipeline is doing. */
@Command(
        name = "status",
        description = "Shows what the pipeline is doing: shards, functions, counts, dead letters.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli status", "  ingest-cli status -o json --query counts"})
public final class StatusCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    public StatusCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target found = context.target(target.request());
        URI endpoint = found.endpoint()
                .orElseThrow(() -> new CliException(
                                "NOT_EMBEDDED",
                                ExitCode.USAGE,
                                "status shows an embedded runtime, and the target is AWS")
                        .hint("on AWS look at the stack's dashboard, or at: ingest-cli dlq list"));
        JsonNode status = new ControlClient(endpoint).status();
        if (context.output().settings().format() == OutputFormat.TABLE
                && context.output().settings().query() == null) {
            context.output().text(new StatusPage(status).text());
        } else {
            context.output().one(status);
        }
    }
}
