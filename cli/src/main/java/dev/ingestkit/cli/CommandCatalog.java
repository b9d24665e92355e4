package dev.ingestkit.cli;

import dev.ingestkit.cli.command.capsule.CapsuleCommand;
import dev.ingestkit.cli.command.data.DataCommand;
import dev.ingestkit.cli.command.dlq.DlqCommand;
import dev.ingestkit.cli.command.events.FixturesCommand;
import dev.ingestkit.cli.command.events.InspectCommand;
import dev.ingestkit.cli.command.events.InvokeCommand;
import dev.ingestkit.cli.command.events.ReplayCommand;
import dev.ingestkit.cli.command.events.SendCommand;
import dev.ingestkit.cli.command.events.TailCommand;
import dev.ingestkit.cli.command.events.TraceCommand;
import dev.ingestkit.cli.command.events.VerifyCommand;
import dev.ingestkit.cli.command.events.WaitCommand;
import dev.ingestkit.cli.command.runtime.ClockCommand;
import dev.ingestkit.cli.command.runtime.ConsoleCommand;
import dev.ingestkit.cli.command.runtime.CredentialsCommand;
import dev.ingestkit.cli.command.runtime.DemoCommand;
import dev.ingestkit.cli.command.runtime.DownCommand;
import dev.ingestkit.cli.command.runtime.EnvCommand;
import dev.ingestkit.cli.command.runtime.FaultsCommand;
import dev.ingestkit.cli.command.runtime.FireCommand;
import dev.ingestkit.cli.command.runtime.LogsCommand;
import dev.ingestkit.cli.command.runtime.ReloadCommand;
import dev.ingestkit.cli.command.runtime.SnapshotCommand;
import dev.ingestkit.cli.command.runtime.StatusCommand;
import dev.ingestkit.cli.command.runtime.TableCommand;
import dev.ingestkit.cli.command.runtime.UpCommand;
import dev.ingestkit.cli.command.tool.BenchCommand;
import dev.ingestkit.cli.command.tool.CompletionCommand;
import dev.ingestkit.cli.command.tool.ConfigCommand;
import dev.ingestkit.cli.command.tool.DoctorCommand;
import dev.ingestkit.cli.command.tool.HelpCommand;
import dev.ingestkit.cli.command.tool.InitCommand;
import dev.ingestkit.cli.command.tool.PlanCommand;
import dev.ingestkit.cli.command.tool.VersionCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order of the help page. A command's class is loaded when the command line names it; the help
 * page needs only its name and purpose, which are listed here. That keeps {@code --help} fast.
 */
final class CommandCatalog {

    /** A command as the help page shows it. */
    record Entry(String name, String purpose, Supplier<Class<?>> type) {}

    static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "demo",
                    "Starts the pipeline, sends sample events through it, and reports the outcome.",
                    () -> DemoCommand.class),
            new Entry(
                    "up",
                    "Starts the pipeline in one process, without Docker or an AWS account.",
                    () -> UpCommand.class),
            new Entry(
                    "init",
                    "Creates a project: handler, template, test and run configurations of IDEs.",
                    () -> InitCommand.class),
            new Entry("down", "Stops the running embedded runtime.", () -> DownCommand.class),
            new Entry(
                    "table",
                    "Serves DynamoDB alone: tables and their streams, without a template.",
                    () -> TableCommand.class),
            new Entry("data", "Checks, compacts and exports the data directory of up --data.", () -> DataCommand.class),
            new Entry(
                    "snapshot",
                    "Saves, lists, loads, forks and deletes named states of the embedded runtime.",
                    () -> SnapshotCommand.class),
            new Entry(
                    "status",
                    "Shows the state of the pipeline: shards, functions, counts, dead letters.",
                    () -> StatusCommand.class),
            new Entry(
                    "console",
                    "Opens the console of a stack in a browser, and prints its URL.",
                    () -> ConsoleCommand.class),
            new Entry(
                    "tail",
                    "Follows events through the pipeline: accepted, put, delivered, attempts, stored, dead.",
                    () -> TailCommand.class),
            new Entry("trace", "Shows one event's history and its current location.", () -> TraceCommand.class),
            new Entry(
                    "wait",
                    "Waits until an event is stored, processed or dead, or until new code is loaded.",
                    () -> WaitCommand.class),
            new Entry(
                    "capsule",
                    "Saves failing batches and events, replays them, and turns them into tests.",
                    () -> CapsuleCommand.class),
            new Entry("clock", "Shows, freezes and moves the clock of the embedded runtime.", () -> ClockCommand.class),
            new Entry(
                    "fire",
                    "Fires a schedule or rule of the embedded runtime now, and prints the event that was sent.",
                    () -> FireCommand.class),
            new Entry(
                    "reload", "Reloads the code of functions, or the template, from disk.", () -> ReloadCommand.class),
            new Entry(
                    "logs",
                    "Shows the output of functions: printed and logged lines, with the start and end of each invocation.",
                    () -> LogsCommand.class),
            new Entry("invoke", "Invokes a function with an event, and prints its answer.", () -> InvokeCommand.class),
            new Entry("faults", "Injects faults into the running embedded runtime.", () -> FaultsCommand.class),
            new Entry(
                    "send",
                    "Sends events to the API or the stream, from a file, standard input or the command line.",
                    () -> SendCommand.class),
            new Entry(
                    "fixtures",
                    "Lists and shows the fixtures for send --fixture: built-in and your own.",
                    () -> FixturesCommand.class),
            new Entry(
                    "bench",
                    "Loads the API or the stream at a fixed rate and measures the time until events are accepted and"
                            + " stored.",
                    () -> BenchCommand.class),
            new Entry(
                    "replay",
                    "Sends a stored event again, so that every consumer of the stream sees it again.",
                    () -> ReplayCommand.class),
            new Entry(
                    "verify",
                    "Compares a ledger with the table and the dead letters to find lost events.",
                    () -> VerifyCommand.class),
            new Entry("dlq", "Shows, edits, pulls, redrives, drains and purges dead letters.", () -> DlqCommand.class),
            new Entry("inspect", "Shows a stored event, or lists the latest ones.", () -> InspectCommand.class),
            new Entry(
                    "env",
                    "Prints shell commands that point other tools, such as aws and SDKs, at the target.",
                    () -> EnvCommand.class),
            new Entry(
                    "credentials",
                    "Prints the API's credentials as USER:PASSWORD, read from the stack's secret.",
                    () -> CredentialsCommand.class),
            new Entry("config", "Shows the tool's settings and their origins.", () -> ConfigCommand.class),
            new Entry(
                    "doctor",
                    "Checks the machine and the target, and suggests fixes. Exits with 1 on a failure.",
                    () -> DoctorCommand.class),
            new Entry(
                    "plan",
                    "Calculates the AWS resources, costs and first quota for a rate of events.",
                    () -> PlanCommand.class),
            new Entry("completion", "Prints a completion script for bash or zsh.", () -> CompletionCommand.class),
            new Entry(
                    "help",
                    "Shows help on a command or a topic: formatting, templates, environment, exit-codes.",
                    () -> HelpCommand.class),
            new Entry("version", "Shows the versions of the tool and of its environment.", () -> VersionCommand.class));

    private CommandCatalog() {}

    /**
     * Adds the commands to the root: a single one when the line begins with its name, since no other can be meant then;
     * otherwise all of them, in full only those whose names are on the line.
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

    /** Adds all commands in full, as completion and the reference pages need them. */
    static void addAllTo(CommandLine root, IFactory factory) {
        for (Entry entry : ENTRIES) {
            addInFull(root, entry, factory);
        }
    }

    private static void addInFull(CommandLine root, Entry entry, IFactory factory) {
        root.addSubcommand(entry.name(), new CommandLine(entry.type().get(), factory));
    }
}
