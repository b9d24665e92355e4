package dev.ingestkit.cli.command.dlq;

import dev.ingestkit.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands for the dead letter queue. */
@Command(
        name = "dlq",
        description = "Shows, edits, pulls, redrives, drains and purges dead letters.",
        mixinStandardHelpOptions = true,
        subcommands = {
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqWatchCommand.class,
            DlqPullCommand.class,
            DlqDrainCommand.class,
            DlqRedriveCommand.class,
            DlqEditCommand.class,
            DlqPurgeCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq list",
            "  ingest-cli dlq redrive --since 2h --dry-run",
            "  ingest-cli dlq drain dead-letters.ndjson",
            "  ingest-cli dlq pull --from aws --rules scrub.json"
        })
public final class DlqCommand extends CommandGroup {}
