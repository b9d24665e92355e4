package dev.ingestkit.cli.command.capsule;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands for capsules. */
@Command(
        name = "capsule",
        description = "Saves failing batches, replays them, and turns them into tests.",
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
public final class CapsuleCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing command: save, list, show, replay or test");
    }
}
