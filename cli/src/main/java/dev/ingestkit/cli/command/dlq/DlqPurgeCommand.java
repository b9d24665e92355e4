package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes all dead letters. */
@Command(
        name = "purge",
        description = {
            "Deletes all dead letters permanently. Asks first: on AWS for the queue's name, elsewhere for a yes.",
            "To keep them, drain them to a file instead: ingest-cli dlq drain FILE"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:purged", "1:already purged within the last minute", "5:not confirmed"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli dlq purge", "  ingest-cli dlq purge --yes -o json"})
public final class DlqPurgeCommand implements Runnable {

    /** The purged queue; the components are its JSON form. */
    record Purged(String queue, long messages) {}

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    public DlqPurgeCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target found = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(found)) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    clients,
                    StackResources.of(clients, resources.names(context.settings()))
                            .queueUrl());
            long count = queue.approximateCount();
            String what = "about %s of %s (%s) will be deleted permanently"
                    .formatted(Text.counted(count, "message"), queue.name(), found.describe());
            Confirmation.everywhere(context, confirm, found, what, queue.name());
            queue.purge();
            context.output().one(new Purged(queue.name(), count));
        }
    }
}
