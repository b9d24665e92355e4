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

/** Injects faults into an embedded runtime. */
@Command(
        name = "faults",
        description = "Injects faults into the running embedded runtime.",
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
        throw new ParameterException(spec.commandLine(), "missing command: set, list or clear");
    }

    private static void show(CliContext context, JsonNode answer) {
        try (Output.Records records = context.output().list(COLUMNS)) {
            answer.path("faults").forEach(records::add);
        }
    }

    private static ControlClient control(CliContext context, TargetOptions targetOptions) {
        return Control.at(context.target(targetOptions.request()));
    }

    /** Adds faults to the configured ones. */
    @Command(
            name = "set",
            description = "Adds faults, each as STAGE:KIND,OPTION=VALUE...",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults set function-invoke:error,times=3 kinesis-put:delay,delay=200ms")
    public static final class Set implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        @Parameters(arity = "1..*", paramLabel = "FAULT", description = "The specification of a fault.")
        List<String> faults = List.of();

        public Set(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).addFaults(faults));
        }
    }

    /** Lists the configured faults. */
    @Command(
            name = "list",
            description = "Lists the configured faults and how often each was injected.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults list -o json")
    public static final class Show implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Show(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            show(context, control(context, targetOptions).faults());
        }
    }

    /** Removes all faults. */
    @Command(
            name = "clear",
            description = "Removes all faults.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults clear")
    public static final class Clear implements Runnable {
        private final CliContext context;

        @Mixin
        TargetOptions targetOptions = new TargetOptions();

        public Clear(CliContext context) {
            this.context = requireNonNull(context, "context");
        }

        @Override
        public void run() {
            control(context, targetOptions).clearFaults();
            context.output().note("no faults are configured");
        }
    }
}
