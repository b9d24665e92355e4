package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.Outcome;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SubmitClient;
import dev.ingestkit.core.item.StoredEvent;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends a stored event to the API again. */
@Command(
        name = "replay",
        description = "Sends a stored event to the API again, so that every consumer of the stream sees it again.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:accepted", "1:no such event, or not accepted", "4:table, secret or API cannot be reached"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli replay order-17",
            "  ingest-cli replay order-17 -o json --query sequenceNumber",
            "  ingest-cli inspect --since 1h -o name | xargs -n 1 ingest-cli replay"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int RETRIES = 5;

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Parameters(arity = "1", paramLabel = "ID", description = "The event's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    String id;

    public ReplayCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() throws InterruptedException {
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            StackOutputs outputs = StackOutputs.of(clients);
            StoredEvent event = new EventTable(clients, outputs.tableName())
                    .find(id)
                    .orElseThrow(() -> new CliException(
                                    "EVENT_NOT_FOUND", ExitCode.FAILED, "event '%s' is not stored".formatted(id))
                            .hint("if it is a dead letter: ingest-cli dlq list, then ingest-cli dlq redrive --id ID"));
            SubmitClient client = new SubmitClient(
                    outputs.submitUrl(),
                    outputs.streamName(),
                    Credentials.read(clients, outputs).basic(),
                    RETRIES,
                    new Random());
            Outcome outcome = client.submit(new OutgoingEvent(1, id, event.payload()));
            ObjectNode answer = (ObjectNode) Output.json(outcome);
            answer.remove("number"); // its index in a run of send; a replay has none
            context.output().one(answer);
            return (outcome.accepted() ? ExitCode.DONE : ExitCode.FAILED).status();
        }
    }
}
