package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.StackOutputs;
import dev.ingestkit.cli.target.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes all dead letters. */
@Command(
        name = "purge",
        description = "Deletes all dead letters, for good. Asks first.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:purged", "5:not confirmed"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli dlq purge", "  ingest-cli dlq purge --yes"})
public final class DlqPurgeCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(names = "--yes", description = "Does not ask.")
    boolean yes;

    public DlqPurgeCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target found = context.target(target.request());
        try (AwsClients clients = new AwsClients(found)) {
            DeadLetterQueue queue =
                    new DeadLetterQueue(clients, StackOutputs.of(clients).queueUrl());
            long count = queue.approximateCount();
            String what = "about %,d messages of %s (%s) will be deleted for good"
                    .formatted(count, queue.name(), found.describe());
            if (!yes) {
                Confirmation.typed(context, what, queue.name());
            }
            queue.purge();
            context.output().note("purged %s: about %,d messages".formatted(queue.name(), count));
        }
    }
}
