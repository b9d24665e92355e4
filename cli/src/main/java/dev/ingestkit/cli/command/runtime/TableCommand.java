package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.local.TableServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the table engine alone, until the process is asked to stop. */
@Command(
        name = "table",
        description = "Serves DynamoDB alone: tables and their streams, without a template.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"4:the port is in use, or the data cannot be used", "130:stopped by Ctrl-C"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli table",
            "  ingest-cli table --port 8001 --data ./tables",
            "  ingest-cli table --port 0 -o json"
        })
public final class TableCommand implements Runnable {

    private final CliContext context;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "The port, 0 for any free port (default: 8000).")
    int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps the tables in this directory (default: in memory, lost when the server stops).")
    @Nullable
    Path data;

    @Option(names = "--region", paramLabel = "REGION", description = "The region in ARNs (default: us-east-1).")
    @Nullable
    String region;

    public TableCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        int checkedPort = UpCommand.checked(port);
        Path directory =
                data == null ? null : context.environment().workingDirectory().resolve(data);
        UpOptions defaults = new UpOptions();
        defaults.region = region;
        String named = defaults.region(context.environment());
        try (Interruption interruption = new Interruption();
                TableServer server = UpCommand.launch(() -> TableServer.start(checkedPort, named, directory))) {
            interruption.stopBy(server::close);
            report(
                    new TableReport(
                            server.endpoint().toString(),
                            named,
                            directory == null ? "" : directory.toString(),
                            ProcessHandle.current().pid()),
                    began);
            server.awaitClose();
        }
    }

    private void report(TableReport report, long began) {
        if (context.output().settings().format() == OutputFormat.TABLE) {
            context.output().text(report.text((System.nanoTime() - began) / 1e9));
        } else {
            context.output().one(report);
        }
    }
}
