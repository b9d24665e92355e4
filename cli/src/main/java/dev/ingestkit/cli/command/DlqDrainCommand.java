package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DrainFile;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.deadletter.LetterSummary;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.StackOutputs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves dead letters into a file. */
@Command(
        name = "drain",
        description = "Moves dead letters into a file: a line for each record. Deletes only what is safely written.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all drained", "3:some left in the queue: records expired, or unknown messages"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli dlq drain letters.ndjson", "  ingest-cli send letters.ndjson"})
public final class DlqDrainCommand implements Callable<Integer> {

    /** What was drained. */
    record Drained(String file, long messages, long records, long left) {}

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Parameters(arity = "1", paramLabel = "FILE", description = "Where to. What it holds already stays.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    Path file;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "So many messages at most (default: all).")
    long max = Long.MAX_VALUE;

    public DlqDrainCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        Path path = context.environment().workingDirectory().resolve(file);
        long[] counts = new long[3];
        try (AwsClients clients = new AwsClients(context.target(target.request()));
                DrainFile drain = new DrainFile(path)) {
            DeadLetterQueue queue =
                    new DeadLetterQueue(clients, StackOutputs.of(clients).queueUrl());
            Recovery recovery = new Recovery(clients);
            new LetterScan(queue, context.environment().clock().instant()).visit(letter -> {
                if (counts[0] >= max) {
                    return LetterScan.Step.STOP;
                }
                LetterSummary summary = LetterSummary.of(letter);
                Optional<Recovery.Recovered> recovered = recovery.of(letter);
                if (recovered.isEmpty() || !recovered.get().complete()) {
                    counts[2]++;
                    context.output().note(left(summary, recovered));
                    return LetterScan.Step.LEAVE;
                }
                drain.write(summary, recovered.get());
                counts[0]++;
                counts[1] += recovered.get().records().size();
                return LetterScan.Step.DELETE;
            });
        }
        context.output().one(new Drained(file.toString(), counts[0], counts[1], counts[2]));
        return (counts[2] == 0 ? ExitCode.DONE : ExitCode.PARTLY).status();
    }

    private static String left(LetterSummary letter, Optional<Recovery.Recovered> recovered) {
        return recovered
                .map(part -> "left in the queue: %s: %d of its %d records have expired from the stream"
                        .formatted(letter.id(), part.expired(), letter.records()))
                .orElse("left in the queue: %s: %s".formatted(letter.id(), letter.text()));
    }
}
