package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Text;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * Checks a stack: its resources exist, the credentials may use them, the API requires credentials, and an event passes
 * through.
 */
public final class TargetChecks {

    private final AwsClients clients;
    private final Clock clock;
    private final boolean probe;
    private Optional<EventSourceMappingConfiguration> mapping = Optional.empty();

    /**
     * Creates the checks of the clients' target.
     *
     * @param probe whether to send an event, which is stored and then deleted
     */
    public TargetChecks(AwsClients clients, Clock clock, boolean probe) {
        this.clients = requireNonNull(clients, "clients");
        this.clock = requireNonNull(clock, "clock");
        this.probe = probe;
    }

    /** Runs all checks, except those that depend on a failed one. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        StackOutputs outputs;
        try {
            outputs = StackOutputs.of(clients);
        } catch (CliException absent) {
            checks.add(ServiceCheck.failed("stack", absent));
            localStack().ifPresent(checks::addAll);
            return checks;
        }
        checks.add(Check.ok("stack", clients.target().describe()));
        checks.add(ServiceCheck.into("stream", () -> stream(outputs.streamName())));
        checks.add(ServiceCheck.into("table", () -> table(outputs.tableName())));
        checks.add(ServiceCheck.at("queue", () -> queue(outputs.queueUrl())));
        checks.add(ServiceCheck.at(
                "secret",
                () -> "readable, user " + Credentials.read(clients, outputs).username()));
        checks.add(ServiceCheck.into("writer", () -> function(outputs.writerFunction())));
        checks.add(ServiceCheck.into("mapping", () -> mapping(outputs.streamArn())));
        checks.addAll(new ApiCheck(clients.target(), outputs, clock).all());
        localStack().ifPresent(checks::addAll);
        checks.add(probe(outputs, checks));
        return checks;
    }

    private Check probe(StackOutputs outputs, List<Check> before) {
        if (!probe) {
            return Check.skip("probe", "no event was sent; --probe sends one and deletes it");
        }
        List<String> failed = before.stream()
                .filter(check -> check.status() == Check.Status.FAIL)
                .map(Check::id)
                .toList();
        return failed.isEmpty()
                ? ServiceCheck.into("probe", () -> new ProbeEvent(clients, outputs).check())
                : Check.skip("probe", "no event was sent, because of failed checks: " + String.join(", ", failed));
    }

    private Optional<List<Check>> localStack() {
        return clients.target()
                .endpoint()
                .filter(endpoint -> clients.target().kind() == Target.Kind.LOCALSTACK)
                .map(endpoint -> new LocalStackChecks(endpoint).all(mapping));
    }

    private Check stream(String name) {
        var summary = clients.kinesis()
                .describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
        Integer shards = summary.openShardCount(); // missing in some emulators
        String found = "%s is %s with %s"
                .formatted(
                        name,
                        summary.streamStatusAsString(),
                        shards == null ? "an unknown number of shards" : Text.counted(shards, "shard"));
        return summary.streamStatus() == StreamStatus.ACTIVE || summary.streamStatus() == StreamStatus.UPDATING
                ? Check.ok("stream", found)
                : Check.fail("stream", found, "wait until it is ACTIVE");
    }

    private Check table(String name) {
        TableStatus status = clients.dynamoDb()
                .describeTable(request -> request.tableName(name))
                .table()
                .tableStatus();
        String found = "%s is %s".formatted(name, status);
        return status == TableStatus.ACTIVE || status == TableStatus.UPDATING
                ? Check.ok("table", found)
                : Check.fail("table", found, "wait until it is ACTIVE");
    }

    private String queue(String url) {
        long letters = new DeadLetterQueue(clients, url).approximateCount();
        return letters == 0
                ? "no dead letters"
                : "about " + Text.counted(letters, "dead letter") + ": ingest-cli dlq list";
    }

    private Check function(String name) {
        FunctionConfiguration function = clients.lambda()
                .getFunction(request -> request.functionName(name))
                .configuration();
        String found = "%s on %s, %d MB, is %s"
                .formatted(name, function.runtimeAsString(), function.memorySize(), function.stateAsString());
        return function.state() == State.FAILED
                ? Check.fail(
                        "writer",
                        found + ": " + function.stateReason(),
                        "deploy it again, and check that its image is available")
                : Check.ok("writer", found);
    }

    private Check mapping(String stream) {
        mapping =
                clients
                        .lambda()
                        .listEventSourceMappings(request -> request.eventSourceArn(stream))
                        .eventSourceMappings()
                        .stream()
                        .findFirst();
        if (mapping.isEmpty()) {
            return Check.fail("mapping", "no mapping delivers records of " + stream, "deploy the stack again");
        }
        EventSourceMappingConfiguration found = mapping.get();
        String state = "%s, last result: %s".formatted(found.state(), found.lastProcessingResult());
        return "Disabled".equals(found.state())
                ? Check.warn(
                        "mapping",
                        state + ", so events stay in the stream",
                        "aws lambda update-event-source-mapping --enabled --uuid " + found.uuid())
                : Check.ok("mapping", state);
    }
}
