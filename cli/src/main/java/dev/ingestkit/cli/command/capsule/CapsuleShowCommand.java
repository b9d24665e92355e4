package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.local.capsule.Capsule;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a capsule: event, attempts and circumstances, as JSON. */
@Command(
        name = "show",
        description = {"Shows a capsule: records or event, attempts and circumstances, as JSON."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:no such capsule"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli capsule show bad-total",
            "  ingest-cli capsule show bad-total | jq .circumstances.attempts"
        })
public final class CapsuleShowCommand implements Runnable {

    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The capsule's name, or its file.")
    String name = "";

    public CapsuleShowCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Capsule capsule = new CapsuleFiles(context.environment().workingDirectory()).get(name);
        context.output().text(new String(capsule.json(), StandardCharsets.UTF_8) + "\n");
    }
}
