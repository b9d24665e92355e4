package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.state.SnapshotDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a second runtime from a snapshot, with data of its own. */
@Command(
        name = "fork",
        description = {
            "Starts a runtime in the background from a snapshot, on another port and with data of its own.",
            "The runtime has the snapshot's stack name, so its ARNs are the same. Give the template and parameters of the"
                    + " first runtime if they are not the default. ingest-cli down --port N stops it; up --data DIR --port N"
                    + " starts it again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the runtime is running",
            "1:the snapshot cannot be copied, or the template cannot be run",
            "4:the port is in use, or the machine lacks a requirement"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli snapshot fork before-import --port 4577",
            "  ingest-cli snapshot fork before-import --port 4577 --data ./fork --template app/template.yaml"
        })
public final class SnapshotFork implements Runnable {

    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = SnapshotCommand.NAME)
    String name = "";

    @Option(names = "--port", required = true, paramLabel = "N", description = "The port of the new runtime.")
    int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "A new directory for the data of the new runtime (default: one in the tool's state directory).")
    @Nullable
    Path data;

    @Mixin
    UpOptions options = new UpOptions();

    public SnapshotFork(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        UpCommand.refuseSecond(context, UpCommand.checked(port));
        Path directory = copy();
        RunningRuntimes.Entry entry = new DetachedStart(context).start(port, arguments(directory));
        context.output().note("the data is in '%s'".formatted(directory));
        UpCommand.report(
                context, RuntimeReport.afterLoading(entry, new ResourceOptions().names(context.settings())), began);
    }

    private Path copy() {
        String stack = options.stack(context.environment());
        Path snapshots = UpCommand.snapshots(context, stack);
        Path directory = data != null
                ? context.environment().workingDirectory().resolve(data)
                : context.runtimes().folder().resolve("forks").resolve("%s-%s-%d".formatted(stack, name, port));
        try {
            requireNew(directory);
            new SnapshotDirectory(snapshots).copy(name, directory);
            return directory;
        } catch (IllegalArgumentException refused) {
            throw new CliException("NO_SNAPSHOT", ExitCode.USAGE, String.valueOf(refused.getMessage()))
                    .hint("the snapshots of stack '%s' are in '%s'".formatted(stack, snapshots));
        } catch (IOException failed) {
            throw new CliException(
                            "FORK_FAILED",
                            ExitCode.FAILED,
                            "cannot copy snapshot '%s' to '%s'".formatted(name, directory))
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }

    private void requireNew(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new CliException(
                                    "DATA_EXISTS",
                                    ExitCode.USAGE,
                                    "'%s' is not an empty directory".formatted(directory))
                            .hint("start its runtime again: ingest-cli up --data %s --port %d"
                                    .formatted(directory, port))
                            .hint("or fork into another directory: --data DIR");
                }
            }
        }
    }

    private List<String> arguments(Path directory) {
        List<String> arguments =
                new ArrayList<>(List.of("up", "--port", Integer.toString(port), "--data", directory.toString()));
        arguments.addAll(options.arguments());
        return arguments;
    }
}
