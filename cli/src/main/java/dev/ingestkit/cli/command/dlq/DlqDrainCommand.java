package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.Drain;
import dev.ingestkit.cli.deadletter.DrainFile;
import dev.ingestkit.cli.deadletter.MessageIds;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.DeadLetterOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves dead letters to a file. */
@Command(
        name = "drain",
        description = {
            "Moves dead letters to a file, one line per record, which 'send' accepts.",
            "Deletes a dead letter only when it is safely on disk; an interrupted run continues where it stopped."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all drained",
            "3:some are left in the queue: their records have expired, their format is unknown, or only a"
                    + " redrive returns them to their function",
            "5:not confirmed (AWS)"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq drain dead-letters.ndjson",
            "  ingest-cli dlq drain storm.ndjson --reason NOT_JSON --since 2h",
            "  ingest-cli send dead-letters.ndjson"
        })
public final class DlqDrainCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    DeadLetterOptions deadLetters = new DeadLetterOptions();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Parameters(arity = "1", index = "0", paramLabel = "FILE", description = "The file; existing content stays.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    Path file;

    @Parameters(
            arity = "0..*",
            index = "1..*",
            paramLabel = "MESSAGE",
            description = "Drains only these messages; the beginning of an id is enough.")
    List<String> messages = new ArrayList<>();

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "Drains at most N messages (default: all).")
    long max = Long.MAX_VALUE;

    public DlqDrainCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        if (max < 1) {
            throw new CliException("USAGE", ExitCode.USAGE, "--max must be at least 1");
        }
        Target target = context.target(targetOptions.request());
        Path path = context.environment().workingDirectory().resolve(file);
        try (AwsClients clients = new AwsClients(target);
                Interruption stop = new Interruption()) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    clients,
                    StackResources.of(clients, resources.names(context.settings()))
                            .queueUrl());
            Confirmation.onAws(context, confirm, target, what(target, queue), queue.name());
            DeadLetterScan scan = new DeadLetterScan(
                    queue, context.environment().clock().instant(), DeadLetterScan.HIDDEN, stop::happened);
            Drain.Drained drained;
            try (DrainFile to = new DrainFile(path);
                    Progress progress = context.output().progress("drained")) {
                Drain drain = new Drain(
                        new Recovery(clients),
                        deadLetters.selection(MessageIds.resolve(queue, messages)),
                        to,
                        max,
                        context.output()::note,
                        progress);
                drained = drain.run(scan, file.toString());
            }
            ScanNotes.of(context, queue, scan);
            context.output().one(drained);
            return (drained.left() == 0 ? ExitCode.DONE : ExitCode.PARTLY).status();
        }
    }

    private String what(Target target, DeadLetterQueue queue) {
        return "dead letters of %s (%s) will be moved to '%s' and deleted from the queue"
                .formatted(queue.name(), target.describe(), file);
    }
}
