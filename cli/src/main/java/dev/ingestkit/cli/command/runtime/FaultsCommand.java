package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.command.CommandGroup;
import dev.ingestkit.cli.command.ControlCommand;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
public final class FaultsCommand extends CommandGroup {

    private static final List<Column> COLUMNS =
            List.of(Column.of("FAULT", "fault"), Column.number("CALLS", "calls"), Column.number("HITS", "hits"));

    private static void show(CliContext context, JsonNode answer) {
        try (Output.Records records = context.output().list(COLUMNS)) {
            answer.path("faults").forEach(records::add);
        }
    }

    /** Adds faults to the configured ones. */
    @Command(
            name = "set",
            description = "Adds faults, each as STAGE:KIND,OPTION=VALUE...",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults set function-invoke:error,times=3 kinesis-put:delay,delay=200ms")
    public static final class Set extends ControlCommand {
        @Parameters(arity = "1..*", paramLabel = "FAULT", description = "The specification of a fault.")
        List<String> faults = List.of();

        public Set(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().addFaults(faults));
        }
    }

    /** Lists the configured faults. */
    @Command(
            name = "list",
            description = "Lists the configured faults and how often each was injected.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults list -o json")
    public static final class Show extends ControlCommand {
        public Show(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            show(context(), control().faults());
        }
    }

    /** Removes all faults. */
    @Command(
            name = "clear",
            description = "Removes all faults.",
            mixinStandardHelpOptions = true,
            footerHeading = "%nExamples:%n",
            footer = "  ingest-cli faults clear")
    public static final class Clear extends ControlCommand {
        public Clear(CliContext context) {
            super(context);
        }

        @Override
        public void run() {
            control().clearFaults();
            context().output().note("no faults are configured");
        }
    }
}
