package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.DirectInvocation;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.capsule.DebuggedReplay;
import dev.ingestkit.cli.capsule.FunctionMappings;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.mapping.replay.RepeatedEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Invokes the function once with a capsule's event, bypassing its source. */
@Command(
        name = "replay",
        description = {
            "Invokes the function once with a capsule's event, bypassing the stream or queue.",
            "With --debug, the function runs in a process of its own that waits for a debugger."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the function processed the event", "1:the function failed again, or no such capsule"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli capsule replay bad-total",
            "  ingest-cli capsule replay bad-total --debug",
            "  ingest-cli capsule replay bad-total --debug 5006"
        })
public final class CapsuleReplayCommand implements java.util.concurrent.Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(paramLabel = "NAME", description = "The capsule's name, or its file.")
    String name = "";

    @Option(
            names = "--debug",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "5005",
            description = "Waits for a debugger on this port of localhost (default: ${FALLBACK-VALUE}).")
    @Nullable
    Integer debugPort;

    public CapsuleReplayCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        Capsule capsule = new CapsuleFiles(context.environment().workingDirectory()).get(name);
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            ResourceNames names = ResourceNames.none()
                    .or(ResourceKind.FUNCTION, Optional.of(capsule.source().function()), "NAME");
            String function = StackResources.of(clients, names).functionName();
            DirectInvocation.Answer answer = debugPort == null
                    ? new DirectInvocation(clients).invoke(function, capsule.event())
                    : debugged(clients, function, capsule, debugPort);
            answer.logTail().lines().forEach(context.output()::note);
            context.output().text(answer.payload() + "\n");
            return (isFailed(clients, function, capsule, answer) ? ExitCode.FAILED : ExitCode.DONE).status();
        }
    }

    private boolean isFailed(AwsClients clients, String function, Capsule capsule, DirectInvocation.Answer answer) {
        if (answer.error().isPresent()) {
            return true;
        }
        Optional<String> failure =
                RepeatedEvent.of(capsule.event()).failure(answer.payload(), new FunctionMappings(clients).of(function));
        failure.ifPresent(
                reason -> context.output().note("the event source mapping would take this as a failure: " + reason));
        return failure.isPresent();
    }

    private DirectInvocation.Answer debugged(AwsClients clients, String function, Capsule capsule, int port) {
        context.output()
                .note(
                        ("the function starts in a process that waits for a debugger on localhost:%d until it is resumed; if"
                                        + " the connection is refused, the process is not up yet: try again")
                                .formatted(port));
        Invocation invocation = new DebuggedReplay(clients).invoke(function, capsule.event(), port);
        return new DirectInvocation.Answer(
                new String(invocation.payload(), StandardCharsets.UTF_8), invocation.error(), invocation.logTail());
    }
}
