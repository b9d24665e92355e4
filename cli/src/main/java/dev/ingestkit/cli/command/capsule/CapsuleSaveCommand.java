package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.capsule.CapsuleRecorder;
import dev.ingestkit.cli.capsule.DeadLetterCapsules;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.SingleDeadLetter;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.capsule.Capsule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves what a function has failed for: the event, its attempts and circumstances. */
@Command(
        name = "save",
        description = {
            "Saves what a function has failed for: the batch or event, its attempts and circumstances.",
            "It may come from a stream, a queue, a topic, a schedule, an API or a direct invocation.",
            "The file is readable by its owner only; it contains the payloads unchanged."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:saved",
            "1:no such failure, no such dead letter, or the event has been dropped or has expired"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli capsule save",
            "  ingest-cli capsule save order-1 --name bad-total",
            "  ingest-cli capsule save --dead-letter 7f3c9a2e"
        })
public final class CapsuleSaveCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A partition key, a sequence number, a message's or request's id, or another value in the"
                    + " event (default: the last failure).")
    @Nullable
    String id;

    @Option(
            names = "--dead-letter",
            paramLabel = "MESSAGE",
            description = "Saves the records of this dead letter; the beginning of an id is enough.")
    @Nullable
    String message;

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The capsule's name (default: function and number, or request id).")
    @Nullable
    String name;

    public CapsuleSaveCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (id != null && message != null) {
            throw new CliException("USAGE", ExitCode.USAGE, "ID and --dead-letter exclude each other")
                    .hint("give the event's id, or the id of the message");
        }
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            Capsule capsule = message != null
                    ? ofDeadLetter(clients, message)
                    : new CapsuleRecorder(
                                    Control.at(target),
                                    clients,
                                    context.environment().clock())
                            .record(id, name);
            Path file = new CapsuleFiles(context.environment().workingDirectory()).save(capsule);
            context.output().one(SavedCapsule.of(capsule, file));
        }
    }

    private Capsule ofDeadLetter(AwsClients clients, String given) {
        StackResources stack = StackResources.of(clients, resources.names(context.settings()));
        DeadLetterCapsules maker =
                new DeadLetterCapsules(clients, stack, context.environment().clock());
        return maker.of(SingleDeadLetter.find(new DeadLetterQueue(clients, stack.queueUrl()), given), name);
    }
}
