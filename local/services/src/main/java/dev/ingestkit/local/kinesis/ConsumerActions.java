package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The actions on consumers with enhanced fan-out. Thread-safe. */
final class ConsumerActions {

    private static final int DEFAULT_PAGE_SIZE = 100;

    /** A consumer's status, as the API spells it. */
    private enum Status {
        CREATING,
        ACTIVE
    }

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final Resources resources;
    private final Tokens tokens;
    private final Subscriptions subscriptions;

    ConsumerActions(
            StreamRegistry registry,
            StreamLocator locator,
            Resources resources,
            Tokens tokens,
            Subscriptions subscriptions) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.resources = requireNonNull(resources, "resources");
        this.tokens = requireNonNull(tokens, "tokens");
        this.subscriptions = requireNonNull(subscriptions, "subscriptions");
    }

    ServiceResponse register(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Map<String, String> tags = TagActions.map(input, "Tags");
        Constraints constraints = locator.constraints(input)
                .required("StreamARN", input.has("StreamARN"))
                .required("ConsumerName", input.has("ConsumerName"))
                .name("ConsumerName", input.string("ConsumerName"));
        if (input.has("Tags")) {
            constraints.tags("Tags", tags, 200);
        }
        constraints.check();
        KinesisStream stream = locator.locateActive(input);
        String name = input.string("ConsumerName").orElseThrow();
        requireCapacity(stream, name);
        Consumers.Consumer consumer = stream.consumers()
                .register(name, registry.now(), tags)
                .orElseThrow(
                        () -> KinesisErrors.resourceInUse("Consumer %s under stream %s already exists for account %s."
                                .formatted(
                                        name, stream.name(), registry.errors().account())));
        ObjectNode response = AwsOutput.object();
        response.set("Consumer", node(consumer, Status.CREATING));
        return ServiceResponse.of(response);
    }

    private void requireCapacity(KinesisStream stream, String name) {
        boolean taken = stream.consumers().named(name).isPresent();
        if (!taken && stream.consumers().count() >= Consumers.LIMIT) {
            throw KinesisErrors.limitExceeded(
                    "Stream %s under account %s has reached the limit of %d registered consumers."
                            .formatted(stream.name(), registry.errors().account(), Consumers.LIMIT));
        }
    }

    ServiceResponse describe(ServiceRequest request) {
        Resources.Resource found = locate(AwsInput.of(request));
        ObjectNode description = node(found.consumer().orElseThrow(), Status.ACTIVE);
        description.put("StreamARN", found.stream().identity().arn().toString());
        ObjectNode response = AwsOutput.object();
        response.set("ConsumerDescription", description);
        return ServiceResponse.of(response);
    }

    ServiceResponse deregister(ServiceRequest request) {
        Resources.Resource found = locate(AwsInput.of(request));
        Consumers.Consumer consumer = found.consumer().orElseThrow();
        found.stream().consumers().deregister(consumer);
        subscriptions.cancelAllOf(consumer.arn());
        return ServiceResponse.empty();
    }

    private Resources.Resource locate(AwsInput input) {
        Optional<String> arn = input.string("ConsumerARN");
        Optional<String> name = input.string("ConsumerName");
        locator.constraints(input)
                .pattern("ConsumerARN", arn, Resources.CONSUMER_ARN)
                .length("ConsumerARN", arn, 1, 2048)
                .name("ConsumerName", name)
                .check();
        if (arn.isPresent()) {
            return resources.withArn(arn.get());
        }
        if (name.isEmpty() || !(input.has("StreamARN") || input.has("StreamId"))) {
            throw KinesisErrors.invalidArgument("Either ConsumerARN, or StreamARN and ConsumerName must be provided.");
        }
        KinesisStream stream = locator.locate(input);
        Consumers.Consumer consumer =
                stream.consumers().named(name.get()).orElseThrow(() -> resources.consumerNotFound(name.get()));
        return new Resources.Resource(stream, Optional.of(consumer));
    }

    ServiceResponse list(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .required("StreamARN", input.has("StreamARN"))
                .length("NextToken", input.string("NextToken"), 1, 1_048_576)
                .range("MaxResults", input.integer("MaxResults"), 1, 10_000)
                .check();
        KinesisStream stream = locator.locate(input);
        Instant now = registry.now();
        String after = input.string("NextToken")
                .map(token ->
                        Pages.read(tokens, Tokens.Kind.CONSUMERS, token, now).after())
                .orElse("");
        long limit = input.integer("MaxResults").orElse((long) DEFAULT_PAGE_SIZE);
        List<Consumers.Consumer> rest = stream.consumers().all().stream()
                .filter(consumer -> consumer.name().compareTo(after) > 0)
                .toList();
        List<Consumers.Consumer> page = rest.stream().limit(limit).toList();
        ObjectNode response = AwsOutput.object();
        ArrayNode nodes = response.putArray("Consumers");
        page.forEach(consumer -> nodes.add(node(consumer, Status.ACTIVE)));
        if (rest.size() > page.size()) {
            String last = page.get(page.size() - 1).name();
            response.put("NextToken", Pages.write(tokens, Tokens.Kind.CONSUMERS, stream.name(), last, now));
        }
        return ServiceResponse.of(response);
    }

    private static ObjectNode node(Consumers.Consumer consumer, Status status) {
        ObjectNode node = AwsOutput.object();
        node.put("ConsumerName", consumer.name());
        node.put("ConsumerARN", consumer.arn().toString());
        node.put("ConsumerStatus", status.name());
        node.set("ConsumerCreationTimestamp", AwsOutput.timestamp(consumer.createdAt()));
        return node;
    }
}
