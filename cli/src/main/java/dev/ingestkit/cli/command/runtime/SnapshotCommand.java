package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves, lists, loads, forks and deletes named states of an embedded runtime. */
@Command(
        name = "snapshot",
        description = {
            "Saves, lists, loads, forks and deletes named states of the embedded runtime.",
            "",
            "A snapshot contains streams, positions of mappings, queues, topics, rules, secrets, tables, buckets and the clock"
                    + " as they were at one moment. Snapshots belong to a stack, whether its runtime keeps data in"
                    + " memory or with --data, and contain secrets in clear text."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            SnapshotCommand.Save.class,
            SnapshotCommand.Show.class,
            SnapshotCommand.Load.class,
            SnapshotFork.class,
            SnapshotCommand.Delete.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli snapshot save before-import",
            "  ingest-cli snapshot list",
            "  ingest-cli snapshot load before-import",
            "  ingest-cli snapshot fork before-import --port 4577",
            "  ingest-cli snapshot delete before-import"
        })
public final class SnapshotCommand extends CommandGroup {

    static final String NAME = "The snapshot's name: 1 to 64 letters, digits, '.', '_' and '-'.";

    private static ControlClient control(CliContext context, TargetOptions targetOptions) {
        return Control.at(context.target(targetOptions.request()));
    }

    /** Saves the state of a runtime while it runs. */
    @Command(
            name = "save",
            description = "Saves the state of the runtime while it runs.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = {"  ingest-cli snapshot save before-import", "  ingest-cli snapshot save empty --replace"})
    public static final class Save implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        @Parameters(paramLabel = "NAME", description = NAME)
        String name = "";

        @Option(names = "--replace", description = "Replaces a snapshot of the same name.")
        boolean replace;

        public Save(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            context.output().one(control(context, targetOptions).saveSnapshot(name, replace));
        }
    }

    /** Lists the snapshots of a runtime's stack. */
    @Command(
            name = "list",
            description = "Lists the snapshots of the runtime's stack: name, time, size, records in its streams.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli snapshot list -o json")
    public static final class Show implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            try (Output.Records records = context.output()
                    .list(List.of(
                            Column.of("NAME", "name"),
                            Column.time("TIME", "time"),
                            Column.number("BYTES", "bytes"),
                            Column.number("EVENTS", "events")))) {
                control(context, targetOptions).snapshots().path("snapshots").forEach(records::add);
            }
        }
    }

    /** Replaces the state of a runtime with a snapshot. */
    @Command(
            name = "load",
            description = {
                "Replaces the state of the runtime with a snapshot.",
                "Mappings finish their invocations in flight, requests wait while the state is replaced, and then mappings"
                        + " continue at the snapshot's positions. A snapshot that cannot be loaded changes nothing."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli snapshot load before-import")
    public static final class Load implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        @Parameters(paramLabel = "NAME", description = NAME)
        String name = "";

        public Load(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            context.output().one(control(context, targetOptions).loadSnapshot(name));
        }
    }

    /** Deletes a snapshot. */
    @Command(
            name = "delete",
            description = "Deletes a snapshot; runtimes that were forked from it keep their data.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli snapshot delete before-import")
    public static final class Delete implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        @Parameters(paramLabel = "NAME", description = NAME)
        String name = "";

        public Delete(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            control(context, targetOptions).deleteSnapshot(name);
            context.output().note("deleted snapshot '%s'".formatted(name));
        }
    }
}
