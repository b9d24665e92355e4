package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.events.Arn;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
    private final ResourceNames names;
    private Optional<EventSourceMappingConfiguration> mapping = Optional.empty();

    /**
     * Creates the checks of the clients' target.
     *
     * @param names the user's choice among several resources
     * @param probe whether to send an event, which is stored and then deleted
     */
    public TargetChecks(AwsClients clients, ResourceNames names, Clock clock, boolean probe) {
        this.clients = requireNonNull(clients, "clients");
        this.clock = requireNonNull(clock, "clock");
        this.probe = probe;
        this.names = requireNonNull(names, "names");
    }

    /** Runs all checks, except those that depend on a failed one or on a resource that the stack lacks. */
    public List<Check> all() {
        List<Check> checks = new ArrayList<>();
        StackResources stack = StackResources.of(clients, names);
        try {
            stack.outputs();
        } catch (CliException absent) {
            checks.add(ServiceCheck.failed("stack", absent));
            localStack().ifPresent(checks::addAll);
            return checks;
        }
        checks.add(Check.ok("stack", clients.target().describe()));
        checks.addAll(each("stream", stack, ResourceKind.STREAM, stack::stream, this::stream));
        checks.addAll(each("table", stack, ResourceKind.TABLE, stack::table, this::table));
        checks.addAll(
                each("queue", stack, ResourceKind.QUEUE, stack::queue, url -> queue(url, stack.deadLetterQueues())));
        checks.add(secret(stack));
        checks.addAll(each("function", stack, ResourceKind.FUNCTION, stack::function, this::function));
        checks.addAll(mappings(stack));
        checks.addAll(api(stack));
        localStack().ifPresent(checks::addAll);
        checks.add(probe(stack, checks));
        return checks;
    }

    /** Checks the chosen resource; if the choice is not clear, all of the kind. */
    private static List<Check> each(
            String id,
            StackResources stack,
            ResourceKind kind,
            Supplier<Optional<String>> chosen,
            Function<String, Check> check) {
        try {
            List<String> names = chosen.get()
                    .map(List::of)
                    .orElseGet(() ->
                            stack.all(kind).stream().map(StackPart::physicalId).toList());
            return names.isEmpty()
                    ? List.of(Check.skip(id, "the stack has no " + kind.noun()))
                    : names.stream()
                            .map(name -> ServiceCheck.into(id, () -> check.apply(name)))
                            .toList();
        } catch (CliException refused) {
            return List.of(ServiceCheck.failed(id, refused));
        }
    }

    private Check secret(StackResources stack) {
        return ServiceCheck.into(
                "secret",
                () -> stack.submitUrl().isEmpty()
                        ? Check.skip("secret", "the stack does not have the kit's API, which needs one")
                        : Check.ok(
                                "secret",
                                "readable, user "
                                        + Credentials.read(clients, stack).username()));
    }

    private List<Check> api(StackResources stack) {
        Optional<URI> submit = stack.submitUrl();
        Optional<String> stream = stack.stream();
        return submit.isEmpty() || stream.isEmpty()
                ? List.of(Check.skip("api", "the stack does not have the kit's API"))
                : new ApiCheck(clients.target(), submit.get(), stream.get(), clock).all();
    }

    private Check probe(StackResources stack, List<Check> before) {
        if (!probe) {
            return Check.skip("probe", "no event was sent; --probe sends one and deletes it");
        }
        List<String> failed = before.stream()
                .filter(check -> check.status() == Check.Status.FAIL)
                .map(Check::id)
                .toList();
        if (!failed.isEmpty()) {
            return Check.skip("probe", "no event was sent, because of failed checks: " + String.join(", ", failed));
        }
        return ServiceCheck.into("probe", () -> {
            Optional<URI> submit = stack.submitUrl();
            boolean events = stack.table()
                    .filter(table -> TableShape.of(clients, table).holdsEvents())
                    .isPresent();
            return submit.isPresent() && events
                    ? new ProbeEvent(clients, stack, submit.get()).check()
                    : Check.skip(
                            "probe",
                            "no event was sent: your own handler decides what it accepts; send one yourself:"
                                    + (stack.stream().isPresent() ? " ingest-cli send" : " ingest-cli invoke"));
        });
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

    /** @param failures the names of the queues that receive failures; empty if none is known */
    private Check queue(String url, List<String> failures) {
        long messages = new DeadLetterQueue(clients, url).approximateCount();
        String name = Arn.nameIn(url);
        if (!failures.isEmpty() && !failures.contains(name)) {
            return Check.ok("queue", "%s: about %s".formatted(name, Text.counted(messages, "message")));
        }
        return Check.ok(
                "queue",
                messages == 0
                        ? name + ": no dead letters"
                        : "%s: about %s: ingest-cli dlq list".formatted(name, Text.counted(messages, "dead letter")));
    }

    private Check function(String name) {
        FunctionConfiguration function = clients.lambda()
                .getFunction(request -> request.functionName(name))
                .configuration();
        String found = "%s for %s, %d MB, is %s"
                .formatted(name, function.runtimeAsString(), function.memorySize(), function.stateAsString());
        return function.state() == State.FAILED
                ? Check.fail(
                        "function",
                        found + ": " + function.stateReason(),
                        "deploy it again, and check that its image is available")
                : Check.ok("function", found);
    }

    private List<Check> mappings(StackResources stack) {
        try {
            List<Check> checks = new ArrayList<>();
            String arn = stack.outputs().get("StreamArn");
            if (arn == null) {
                stack.mappings().forEach(one -> checks.add(ServiceCheck.into("mapping", () -> mapping(one.uuid()))));
            } else {
                checks.add(ServiceCheck.into("mapping", () -> mappingOf(arn)));
            }
            return checks.isEmpty() ? List.of(Check.skip("mapping", "the stack has no event source mapping")) : checks;
        } catch (CliException refused) {
            return List.of(ServiceCheck.failed("mapping", refused));
        }
    }

    private Check mapping(String uuid) {
        var found = clients.lambda().getEventSourceMapping(request -> request.uuid(uuid));
        return mapping(
                uuid, found.state(), found.lastProcessingResult(), Arn.sourceNameIn(found.eventSourceArn()) + " ");
    }

    private Check mappingOf(String stream) {
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
        return mapping(found.uuid(), found.state(), found.lastProcessingResult(), "");
    }

    private static Check mapping(String uuid, String found, @Nullable String lastResult, String source) {
        // AWS reports no result for mappings of queues.
        String result = lastResult == null ? "" : ", last result: " + lastResult;
        String state = source + found + result;
        if ("Disabled".equals(found)) {
            return Check.warn(
                    "mapping",
                    state + ", so events stay in the stream",
                    "aws lambda update-event-source-mapping --enabled --uuid " + uuid);
        }
        return result.contains("PROBLEM")
                ? Check.warn("mapping", state + ": see the function's output", "ingest-cli logs --errors")
                : Check.ok("mapping", state);
    }
}
