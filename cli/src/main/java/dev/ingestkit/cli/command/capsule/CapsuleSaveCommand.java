package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.capsule.CapsuleRecorder;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.local.capsule.Capsule;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves a batch that has failed: its records, attempts and circumstances. */
@Command(
        name = "save",
        description = {
            "Saves a batch that has failed: its records, attempts and circumstances.",
            "The file is readable by its owner only; it contains the payloads unchanged."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:saved", "1:no such batch has failed, or a record has expired"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli capsule save", "  ingest-cli capsule save order-1 --name bad-total"})
public final class CapsuleSaveCommand implements Runnable {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "A partition key or sequence number in the batch (default: the last failed batch).")
    @Nullable
    String id;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The capsule's name (default: function and sequence number).")
    @Nullable
    String name;

    public CapsuleSaveCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** The saved capsule; the components are the JSON form. */
    record Saved(String name, String file, int records, String failure) {}

    @Override
    public void run() {
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            Capsule capsule = new CapsuleRecorder(
                            Control.at(target), clients, context.environment().clock())
                    .record(id, name);
            Path file = new CapsuleFiles(context.environment().workingDirectory()).save(capsule);
            context.output()
                    .one(new Saved(
                            capsule.name(), file.toString(), capsule.records().size(), capsule.failure()));
        }
    }
}
