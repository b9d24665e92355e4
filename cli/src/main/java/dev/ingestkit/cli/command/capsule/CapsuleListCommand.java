package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.local.capsule.Capsule;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the saved capsules. */
@Command(
        name = "list",
        description = {"Lists the saved capsules."},
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli capsule list"})
public final class CapsuleListCommand implements Runnable {

    private final CliContext context;

    public CapsuleListCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** A row; the components are the JSON form. */
    record Row(String name, Instant savedAt, String function, int records, String failure) {
        static Row of(Capsule capsule) {
            return new Row(
                    capsule.name(), capsule.savedAt(), capsule.source().function(), capsule.size(), capsule.failure());
        }
    }

    @Override
    public void run() {
        try (Output.Records rows = context.output()
                .list(List.of(
                        Column.of("NAME", "name"),
                        Column.of("SAVED", "savedAt"),
                        Column.of("FUNCTION", "function"),
                        Column.of("RECORDS", "records"),
                        Column.of("FAILURE", "failure")))) {
            new CapsuleFiles(context.environment().workingDirectory())
                    .all()
                    .forEach(capsule -> rows.add(Row.of(capsule)));
        }
    }
}
