package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an embedded runtime fail on purpose. */
@Command(
        name = "faults",
        description = "Makes the embedded runtime fail on purpose, while it runs.",
        mixinStandardHelpOptions = true,
        subcommands = {FaultsCommand.Set.class, FaultsCommand.Show.class, FaultsCommand.Clear.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli faults set dynamodb:throttle,rate=0.1",
            "  ingest-cli faults list",
            "  ingest-cli faults clear"
        })
public final class FaultsCommand implements Runnable {

    private static final List<Column> COLUMNS =
            List.of(Column.of("FAULT", "fault"), Column.number("CALLS", "calls"), Column.number("HITS", "hits"));

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: set, list or clear");
    }

    private static void show(CliContext context, JsonNode answer) {
        try (Output.Records records = context.output().list(COLUMNS)) {
            answer.path("faults").forEach(records::add);
        }
    }

    private static ControlClient control(CliContext context, TargetOptions target) {
        return Control.at(context.target(target.request()));
    }

    /** Adds faults. */
    @Command(
            name = "set",
            description = "Adds faults to those that are set: STAGE:KIND,OPTION=VALUE...",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults set function-invoke:error,times=3 kinesis-put:delay,delay=200ms")
    public static final class Set implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions target = new TargetOptions();

        @Parameters(arity = "1..*", paramLabel = "FAULT", description = "A fault's specification.")
        List<String> faults = List.of();

        public Set(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, target).addFaults(faults));
        }
    }

    /** Shows the faults. */
    @Command(
            name = "list",
            description = "Shows the faults that are set, and how often each has struck.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults list -o json")
    public static final class Show implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions target = new TargetOptions();

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, target).faults());
        }
    }

    /** Takes all faults away. */
    @Command(
            name = "clear",
            description = "Takes all faults away.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults clear")
    public static final class Clear implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions target = new TargetOptions();

        public Clear(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            control(context, target).clearFaults();
            context.output().note("no faults are set");
        }
    }
}
