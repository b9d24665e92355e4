package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes capsules of dead letters: their records, from the message or from the shard while the stream retains them, and the
 * function that failed. Changes nothing at the target. Not thread-safe.
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
        DeadLetter known = deadLetter
                .content()
                .orElseThrow(() -> failure(
                        "NOT_A_DEAD_LETTER",
                        "message '%s' has no records: %s".formatted(deadLetter.messageId(), form(deadLetter))));
        if (known.range().isOfTable()) {
            throw failure(
                    "NOT_A_KINESIS_RECORD",
                    "dead letter '%s' holds changes of a table, and a capsule holds records of a Kinesis stream"
                            .formatted(deadLetter.messageId()));
        }
        Recovery.Recovered recovered = recovery.of(deadLetter).orElseThrow();
        if (!recovered.complete()) {
            throw failure("RECORD_EXPIRED", "the dead letter '%s' is not complete".formatted(deadLetter.messageId()))
                    .because(recovered.missing(), null);
        }
        String function = function(known);
        return new Capsule(
                name == null
                        ? logicalId(function) + "-" + deadLetter.messageId().split("-", 2)[0]
                        : name,
                clock.instant(),
                failure(known),
                new Capsule.Source(logicalId(function), code(function)),
                new CapsuleContents.Batch(
                        known.range().stream(),
                        known.range().shard(),
                        recovered.records().stream()
                                .map(DeadLetterCapsules::item)
                                .toList()),
                circumstances(deadLetter));
    }

    private static String form(ReceivedMessage deadLetter) {
        return deadLetter
                .moved()
                .map(moved -> "it is a message of queue '%s', and a capsule holds records of a stream"
                        .formatted(moved.queue()))
                .or(() -> deadLetter
                        .invocation()
                        .map(failed -> "it is an event of function '%s', and a capsule holds records of a stream"
                                .formatted(failed.function())))
                .orElseGet(() -> deadLetter.problem().orElse("unknown form"));
    }

    private static CliException failure(String code, String message) {
        return new CliException(code, ExitCode.FAILED, message);
    }

    private static CapsuleContents.Item item(ShardRecord record) {
        return new CapsuleContents.Item(
                record.origin().sequenceNumber(),
                record.origin().partitionKey(),
                record.origin().arrivedAt(),
                record.data());
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
