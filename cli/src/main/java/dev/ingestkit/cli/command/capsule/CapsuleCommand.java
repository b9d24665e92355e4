package dev.ingestkit.cli.command.capsule;

import dev.ingestkit.cli.command.CommandGroup;
import picocli.CommandLine.Command;

/** The group of commands for capsules. */
@Command(
        name = "capsule",
        description = "Saves failing batches and events, replays them, and turns them into tests.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CapsuleSaveCommand.class,
            CapsuleListCommand.class,
            CapsuleShowCommand.class,
            CapsuleReplayCommand.class,
            CapsuleTestCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli capsule save --name bad-total",
            "  ingest-cli capsule replay bad-total",
            "  ingest-cli capsule test bad-total"
        })
public final class CapsuleCommand extends CommandGroup {}
