package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.FailedInvocation;
import dev.ingestkit.cli.deadletter.MovedMessage;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes capsules of dead letters: their records or their event, from the message or from the shard while the stream retains
 * them, and the function that failed. Changes nothing at the target. Not thread-safe.
 */
public final class DeadLetterCapsules {

    private final AwsClients clients;
    private final StackResources stack;
    private final Recovery recovery;
    private final Clock clock;
    private final Map<String, String> codes = new HashMap<>();

    /** Creates a maker for the dead letters of one stack. */
    public DeadLetterCapsules(AwsClients clients, StackResources stack, Clock clock) {
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
        this.recovery = new Recovery(clients);
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Makes a capsule.
     *
     * @param name the capsule's name; null for one made of function and message id
     * @throws CliException if the message is not a dead letter, or one of its records has expired
     */
    public Capsule of(ReceivedMessage deadLetter, @Nullable String name) {
        Recovery.Recovered recovered = recovery.of(deadLetter)
                .orElseThrow(() -> failure(
                        "NOT_A_DEAD_LETTER",
                        "message '%s' has no records: %s"
                                .formatted(
                                        deadLetter.messageId(),
                                        deadLetter.problem().orElse("unknown form"))));
        if (!recovered.complete()) {
            throw failure("RECORD_EXPIRED", "the dead letter '%s' is not complete".formatted(deadLetter.messageId()))
                    .because(recovered.missing(), null);
        }
        String function = function(deadLetter);
        return new Capsule(
                name == null
                        ? logicalId(function) + "-" + deadLetter.messageId().split("-", 2)[0]
                        : name,
                clock.instant(),
                deadLetter
                        .content()
                        .map(DeadLetterCapsules::failure)
                        .orElseGet(() -> failure(DeadLetterSummary.of(deadLetter))),
                new Capsule.Source(logicalId(function), code(function)),
                DeadLetterContents.of(deadLetter, recovered),
                circumstances(deadLetter));
    }

    private static CliException failure(String code, String message) {
        return new CliException(code, ExitCode.FAILED, message);
    }

    private String function(ReceivedMessage deadLetter) {
        return deadLetter
                .content()
                .map(this::function)
                .or(() -> deadLetter.invocation().map(FailedInvocation::function))
                .or(() -> deadLetter.moved().map(this::reader))
                .orElseThrow();
    }

    /** Returns the function that reads the queue from which a message was moved. */
    private String reader(MovedMessage moved) {
        return clients
                .lambda()
                .listEventSourceMappings(request -> request.eventSourceArn(moved.source()))
                .eventSourceMappings()
                .stream()
                .map(mapping -> Arn.functionNameIn(mapping.functionArn()))
                .findFirst()
                .orElseThrow(() -> failure(
                        "NO_MAPPING",
                        "no function reads the queue '%s', from which the message was moved".formatted(moved.queue())));
    }

    private String function(DeadLetter deadLetter) {
        return switch (deadLetter.kind()) {
            case PARKED -> stack.functionName();
            case ON_FAILURE ->
                Optional.ofNullable(((DeadLetter.OnFailure) deadLetter).functionArn())
                        .map(Arn::functionNameIn)
                        .orElseGet(stack::functionName);
        };
    }

    private static String failure(DeadLetter deadLetter) {
        return switch (deadLetter.kind()) {
            case PARKED -> {
                DeadLetter.Parked parked = (DeadLetter.Parked) deadLetter;
                yield "%s: %s".formatted(parked.code(), parked.reason());
            }
            case ON_FAILURE -> {
                DeadLetter.OnFailure given = (DeadLetter.OnFailure) deadLetter;
                yield given.condition()
                        + given.error().map(error -> ": " + error).orElse("");
            }
        };
    }

    private static String failure(DeadLetterSummary summary) {
        return summary.cause().reason()
                + (summary.cause().text() == null ? "" : ": " + summary.cause().text());
    }

    private String logicalId(String function) {
        return stack.all(ResourceKind.FUNCTION).stream()
                .filter(part -> part.physicalId().equals(function))
                .map(StackPart::logicalId)
                .findFirst()
                .orElse(function);
    }

    private String code(String function) {
        return codes.computeIfAbsent(function, name -> {
            try {
                String hash = clients.lambda()
                        .getFunctionConfiguration(request -> request.functionName(name))
                        .codeSha256();
                return hash == null ? "" : hash;
            } catch (SdkException unknown) {
                // The function may be gone, or its configuration unreadable; the capsule needs only the records.
                return "";
            }
        });
    }

    private static ObjectNode circumstances(ReceivedMessage deadLetter) {
        ObjectNode all = Json.mapper().createObjectNode();
        all.putArray("attempts");
        all.set("deadLetter", Output.json(DeadLetterSummary.of(deadLetter)));
        return all;
    }
}
