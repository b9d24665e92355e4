package dev.ingestkit.cli.command.dlq;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands for the dead letter queue. */
@Command(
        name = "dlq",
        description = "Shows, edits, redrives, drains and purges dead letters.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqWatchCommand.class,
            DlqDrainCommand.class,
            DlqRedriveCommand.class,
            DlqEditCommand.class,
            DlqPurgeCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq list",
            "  ingest-cli dlq redrive --since 2h --dry-run",
            "  ingest-cli dlq drain letters.ndjson"
        })
public final class DlqCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "missing command: list, show, watch, drain, redrive, edit or purge");
    }
}
