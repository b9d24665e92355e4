package dev.ingestkit.cli;

import dev.ingestkit.cli.command.dlq.DlqCommand;
import dev.ingestkit.cli.command.events.FixturesCommand;
import dev.ingestkit.cli.command.events.InspectCommand;
import dev.ingestkit.cli.command.events.ReplayCommand;
import dev.ingestkit.cli.command.events.SendCommand;
import dev.ingestkit.cli.command.events.TailCommand;
import dev.ingestkit.cli.command.events.TraceCommand;
import dev.ingestkit.cli.command.events.VerifyCommand;
import dev.ingestkit.cli.command.events.WaitCommand;
import dev.ingestkit.cli.command.runtime.CredentialsCommand;
import dev.ingestkit.cli.command.runtime.DemoCommand;
import dev.ingestkit.cli.command.runtime.DownCommand;
import dev.ingestkit.cli.command.runtime.EnvCommand;
import dev.ingestkit.cli.command.runtime.FaultsCommand;
import dev.ingestkit.cli.command.runtime.StatusCommand;
import dev.ingestkit.cli.command.runtime.UpCommand;
import dev.ingestkit.cli.command.tool.BenchCommand;
import dev.ingestkit.cli.command.tool.CompletionCommand;
import dev.ingestkit.cli.command.tool.ConfigCommand;
import dev.ingestkit.cli.command.tool.DoctorCommand;
import dev.ingestkit.cli.command.tool.HelpCommand;
import dev.ingestkit.cli.command.tool.PlanCommand;
import dev.ingestkit.cli.command.tool.VersionCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order of the help page. A command's class is loaded when the command line names it; the help page
 * needs its name and purpose only, which stand here. That keeps {@code --help} quick.
 */
final class CommandCatalog {

    /** A command as the help page shows it. */
    record Entry(String name, String purpose, Supplier<Class<?>> type) {}

    static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "demo",
                    "Starts the pipeline, sends sample events through it, and counts what became of them.",
                    () -> DemoCommand.class),
            new Entry("up", "Starts the pipeline in one process: no Docker, no account.", () -> UpCommand.class),
            new Entry("down", "Ends the embedded runtime that is up.", () -> DownCommand.class),
            new Entry(
                    "status",
                    "Shows what the pipeline is doing: shards, functions, counts, dead letters.",
                    () -> StatusCommand.class),
            new Entry(
                    "tail",
                    "Shows events on their way: accepted, put, delivered, attempts, stored, dead.",
                    () -> TailCommand.class),
            new Entry(
                    "trace",
                    "Shows one event's whole history: its way, and where it lies now.",
                    () -> TraceCommand.class),
            new Entry(
                    "wait",
                    "Waits until an event is stored or dead. Exit code 6 when it does not happen in time.",
                    () -> WaitCommand.class),
            new Entry(
                    "faults", "Makes the embedded runtime fail on purpose, while it runs.", () -> FaultsCommand.class),
            new Entry(
                    "send",
                    "Sends events through the API: from a file, standard input or the command line.",
                    () -> SendCommand.class),
            new Entry(
                    "fixtures",
                    "Shows the kinds of events that send --fixture makes: built in, and your own.",
                    () -> FixturesCommand.class),
            new Entry(
                    "bench",
                    "Loads the API at a rate, and tells how long events take until accepted and until stored.",
                    () -> BenchCommand.class),
            new Entry(
                    "replay",
                    "Sends a stored event through the API once more: every consumer of the stream sees it again.",
                    () -> ReplayCommand.class),
            new Entry(
                    "verify",
                    "Compares a ledger with the table and the dead letters: was every accepted event kept?",
                    () -> VerifyCommand.class),
            new Entry("dlq", "Shows, edits, redrives, drains and purges dead letters.", () -> DlqCommand.class),
            new Entry("inspect", "Shows a stored event, or lists the latest ones.", () -> InspectCommand.class),
            new Entry(
                    "env",
                    "Prints shell commands that lead aws, SDKs and scripts to the target.",
                    () -> EnvCommand.class),
            new Entry(
                    "credentials",
                    "Prints USER:PASSWORD of the API, read from the stack's secret.",
                    () -> CredentialsCommand.class),
            new Entry("config", "Shows what the tool is set to, and what set it.", () -> ConfigCommand.class),
            new Entry(
                    "doctor",
                    "Checks the machine and the target, and says how to fix what is wrong. Exit code 1 on a failure.",
                    () -> DoctorCommand.class),
            new Entry(
                    "plan",
                    "Says what a rate of events needs on AWS, what it costs, and which quota is met first.",
                    () -> PlanCommand.class),
            new Entry(
                    "completion",
                    "Prints a script that completes commands and options by the tab key.",
                    () -> CompletionCommand.class),
            new Entry(
                    "help",
                    "Shows the help of a command, or a page: formatting, templates, environment, exit-codes.",
                    () -> HelpCommand.class),
            new Entry("version", "Shows the tool's version and what it runs on.", () -> VersionCommand.class));

    private CommandCatalog() {}

    /**
     * Adds the commands to the root: one alone when the line begins with its name, for then no other can be meant;
     * otherwise all, those in full whose names are on the line.
     *
     * @param words the command line
     */
    static void addTo(CommandLine root, IFactory factory, List<String> words) {
        for (Entry entry : ENTRIES) {
            if (words.indexOf(entry.name()) == 0) {
                addInFull(root, entry, factory);
                return;
            }
        }
        for (Entry entry : ENTRIES) {
            if (words.contains(entry.name())) {
                addInFull(root, entry, factory);
            } else {
                CommandSpec name = CommandSpec.create().name(entry.name());
                name.usageMessage().description(entry.purpose());
                root.addSubcommand(entry.name(), name);
            }
        }
    }

    /** Adds all commands in full, for what needs the whole tree: completion, reference pages. */
    static void addAllTo(CommandLine root, IFactory factory) {
        for (Entry entry : ENTRIES) {
            addInFull(root, entry, factory);
        }
    }

    private static void addInFull(CommandLine root, Entry entry, IFactory factory) {
        root.addSubcommand(entry.name(), new CommandLine(entry.type().get(), factory));
    }
}
