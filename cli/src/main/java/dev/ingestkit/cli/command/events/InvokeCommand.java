package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.DirectInvocation;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Invokes one function directly. */
@Command(
        name = "invoke",
        description = {
            "Invokes a function with an event, and prints its answer.",
            "The end of the function's log goes to standard error."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:answered", "1:the function failed", "4:no such function, or it cannot be invoked"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli invoke Writer --event event.json",
            "  ingest-cli invoke Quote --data '{\"sku\":\"a-1\"}' | jq .",
            "  generate-event | ingest-cli invoke Quote --event -"
        })
public final class InvokeCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FUNCTION",
            description = "The function's name or logical id; a stack with one function needs none.")
    @Nullable
    String function;

    @Option(names = "--event", paramLabel = "FILE", description = "A file with the event; - for standard input.")
    @Nullable
    String event;

    @Option(names = "--data", paramLabel = "JSON", description = "The event (default: {}).")
    @Nullable
    String data;

    public InvokeCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        byte[] payload = payload();
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            ResourceNames names =
                    ResourceNames.none().or(ResourceKind.FUNCTION, Optional.ofNullable(function), "FUNCTION");
            String name = StackResources.of(clients, names).functionName();
            DirectInvocation.Answer answer = new DirectInvocation(clients).invoke(name, payload);
            if (!answer.logTail().isBlank()) {
                answer.logTail().lines().forEach(context.output()::note);
            }
            context.output().text(answer.payload() + "\n");
            answer.error().ifPresent(error -> context.output().note("the function failed: " + error));
            return (answer.error().isEmpty() ? ExitCode.DONE : ExitCode.FAILED).status();
        }
    }

    private byte[] payload() {
        String file = event;
        if (file != null && data != null) {
            throw new CliException("USAGE", ExitCode.USAGE, "--event and --data exclude each other");
        }
        if (file == null) {
            return (data == null ? "{}" : data).getBytes(StandardCharsets.UTF_8);
        }
        Path path = context.environment().workingDirectory().resolve(file);
        try {
            return file.equals("-") ? context.environment().in().readAllBytes() : Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw new CliException("FILE_UNREADABLE", ExitCode.USAGE, "cannot read '%s'".formatted(file))
                    .because(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage(), unreadable);
        }
    }
}
