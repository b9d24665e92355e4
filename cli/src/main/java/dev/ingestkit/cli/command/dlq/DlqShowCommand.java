package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.FailedInvocation;
import dev.ingestkit.cli.deadletter.Lifetimes;
import dev.ingestkit.cli.deadletter.MessageIds;
import dev.ingestkit.cli.deadletter.MovedMessage;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.RedriveLog;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.EventEnvelope;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one dead letter with its records, which are read from the stream where the message holds none. */
@Command(
        name = "show",
        description = "Shows a dead letter with its records, read from the stream where it holds none.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:no such message", "3:some of its records have expired; 'expired' is their number"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq show 7f3c9a2e-0000-0000-0000-000000000001",
            "  ingest-cli dlq show 7f3c9a2e-0000-0000-0000-000000000001 --body | jq ."
        })
public final class DlqShowCommand implements java.util.concurrent.Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Parameters(
            arity = "1",
            paramLabel = "ID",
            description = "The message's id or its beginning, as dlq list shows it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    String given;

    @Option(names = "--body", description = "Prints the message exactly as the queue holds it.")
    boolean body;

    public DlqShowCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()));
                Interruption stop = new Interruption()) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    clients,
                    StackResources.of(clients, resources.names(context.settings()))
                            .queueUrl());
            String id = MessageIds.resolve(queue, List.of(given)).get(0);
            ExitCode[] exit = {null};
            new DeadLetterScan(queue, Instant.MAX, DeadLetterScan.HIDDEN, stop::happened).visit(deadLetter -> {
                if (!deadLetter.messageId().equals(id)) {
                    return DeadLetterVisitor.Step.LEAVE;
                }
                exit[0] = show(deadLetter, new Recovery(clients), new Lifetimes(clients, queue));
                return DeadLetterVisitor.Step.STOP;
            });
            if (exit[0] == null) {
                ScanNotes.hidden(context, queue);
                throw new CliException(
                                "LETTER_NOT_FOUND",
                                ExitCode.FAILED,
                                "message '%s' not found in the queue".formatted(id))
                        .hint("see the messages: ingest-cli dlq list");
            }
            return exit[0].status();
        }
    }

    private ExitCode show(ReceivedMessage deadLetter, Recovery recovery, Lifetimes lifetimes) {
        if (body) {
            context.output().text(deadLetter.body() + "\n");
            return ExitCode.DONE;
        }
        RedriveLog log =
                RedriveLog.in(context.runtimes().folder(), context.environment().clock());
        ObjectNode letterRecord = (ObjectNode) Output.json(DeadLetterSummary.of(deadLetter, log));
        lifetimes.endOf(deadLetter).ifPresent(end -> letterRecord.put("expiresAt", end.toString()));
        MovedMessage moved = deadLetter.moved().orElse(null);
        if (moved != null) {
            letterRecord.put("queue", moved.queue());
            ObjectNode attributes = letterRecord.putObject("attributes");
            moved.texts().forEach(attributes::put);
        }
        FailedInvocation failed = deadLetter.invocation().orElse(null);
        if (failed != null) {
            letterRecord.put("function", failed.function());
            context.output().one(letterRecord.set("payload", failed.event()));
            return ExitCode.DONE;
        }
        Recovery.Recovered recovered = moved == null ? recovery.of(deadLetter).orElse(null) : null;
        if (recovered == null) {
            context.output().one(letterRecord.put("body", deadLetter.body()));
            return ExitCode.DONE;
        }
        letterRecord.put("expired", recovered.expired());
        ArrayNode events = letterRecord.putArray("events");
        for (ShardRecord record : recovered.records()) {
            ObjectNode event = EventEnvelope.of(record.origin().partitionKey(), record.data());
            event.remove("format");
            events.add(event.put("sequenceNumber", record.origin().sequenceNumber())
                    .put("arrivedAt", record.origin().arrivedAt().toString()));
        }
        context.output().one(letterRecord);
        return recovered.complete() ? ExitCode.DONE : ExitCode.PARTLY;
    }
}
