package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.queue.QueueMapping;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The actions on event source mappings. Thread-safe. */
final class MappingActions {

    private static final int PAGE = 100;
    private static final int MAX_ITEMS = 10_000;

    private final FunctionActions functions;
    private final MappingCatalog catalog;
    private final QueueMappingActions queues;
    private final Supplier<String> ids;

    MappingActions(
            FunctionActions functions, MappingCatalog catalog, QueueMappingActions queues, Supplier<String> ids) {
        this.functions = functions;
        this.catalog = catalog;
        this.queues = queues;
        this.ids = ids;
    }

    CompletionStage<HttpResponse> handle(ApiCall call) {
        if (call.path().size() == 2) {
            return switch (call.request().method()) {
                case "GET" -> LambdaApi.json(200, list(call));
                case "POST" -> create(call.input());
                default -> CompletableFuture.failedFuture(LambdaApi.notImplemented(call));
            };
        }
        Optional<QueueMapping> queue = queues.named(call.path().get(2));
        if (queue.isPresent()) {
            return handle(call, queue.get());
        }
        MappingCatalog.Entry mapping = named(call.path().get(2));
        return switch (call.request().method()) {
            case "GET" -> LambdaApi.json(200, describe(mapping));
            case "PUT" -> accepted(catalog.update(changed(mapping.config(), call.input())));
            case "DELETE" -> accepted(catalog.delete(mapping.config().uuid()));
            default -> CompletableFuture.failedFuture(LambdaApi.notImplemented(call));
        };
    }

    private CompletionStage<HttpResponse> create(AwsInput input) {
        return QueueMappingActions.isQueue(input) ? queues.create(input) : accepted(catalog.create(created(input)));
    }

    private CompletionStage<HttpResponse> handle(ApiCall call, QueueMapping mapping) {
        return switch (call.request().method()) {
            case "GET" -> LambdaApi.json(200, QueueMappingActions.describe(mapping));
            case "PUT" -> queues.update(mapping, call.input());
            case "DELETE" -> queues.delete(mapping);
            default -> CompletableFuture.failedFuture(LambdaApi.notImplemented(call));
        };
    }

    private MappingCatalog.Entry named(String uuid) {
        return catalog.mappings().stream()
                .filter(mapping -> mapping.config().uuid().equals(uuid))
                .findFirst()
                .orElseThrow(() -> new ServiceException(
                        "ResourceNotFoundException", 404, "The resource you requested does not exist."));
    }

    private static CompletionStage<HttpResponse> accepted(CompletableFuture<MappingCatalog.Entry> change) {
        return change.thenApply(mapping -> Answers.json(202, describe(mapping)));
    }

    private ObjectNode list(ApiCall call) {
        Optional<String> source = call.parameter("EventSourceArn");
        Optional<String> function = call.parameter("FunctionName")
                .map(name -> functions.named(name).config().arn());
        String after = call.parameter("Marker").orElse("");
        int most = pageSize(call);
        // A marker is the last id of the previous page, so that a deletion between two pages shifts nothing.
        List<ObjectNode> rest = Stream.concat(
                        catalog.mappings().stream().map(MappingActions::describe),
                        queues.all().stream().map(QueueMappingActions::describe))
                .filter(mapping -> source.filter(arn -> !arn.equals(text(mapping, "EventSourceArn")))
                        .isEmpty())
                .filter(mapping -> function.filter(arn -> !isOf(text(mapping, "FunctionArn"), arn))
                        .isEmpty())
                .filter(mapping -> text(mapping, "UUID").compareTo(after) > 0)
                .sorted(Comparator.comparing(mapping -> text(mapping, "UUID")))
                .toList();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode mappings = answer.putArray("EventSourceMappings");
        rest.stream().limit(most).forEach(mappings::add);
        if (rest.size() > most) {
            answer.put("NextMarker", text(rest.get(most - 1), "UUID"));
        }
        return answer;
    }

    private static String text(ObjectNode mapping, String member) {
        return mapping.path(member).asText();
    }

    /** Returns the page size. Lambda accepts 1 to 10,000 and returns at most 100 on a page. */
    private static int pageSize(ApiCall call) {
        String asked = call.parameter("MaxItems").orElse("" + PAGE);
        if (!asked.matches("[1-9]\\d{0,4}") || Integer.parseInt(asked) > MAX_ITEMS) {
            throw invalid("MaxItems must be 1 to %d: %s".formatted(MAX_ITEMS, asked));
        }
        return Math.min(PAGE, Integer.parseInt(asked));
    }

    private static boolean isOf(String qualified, String functionArn) {
        return qualified.equals(functionArn) || qualified.startsWith(functionArn + ":");
    }

    private MappingConfig created(AwsInput input) {
        String stream = input.string("EventSourceArn").orElseThrow(() -> invalid("Unrecognized event source."));
        if (EventSourceKind.of(stream).isEmpty()) {
            throw ServiceException.badRequest(
                    "InvalidParameterValueException",
                    "The embedded runtime maps streams of Kinesis and DynamoDB, and SQS queues, not " + stream);
        }
        MappingConfig.Builder builder = MappingConfig.builder(
                        ids.get(), functions.target(MappingCodec.required(input, "FunctionName")), stream)
                .startingPosition(MappingCodec.position(input))
                .roleArn(functions
                        .named(MappingCodec.required(input, "FunctionName"))
                        .role());
        return MappingCodec.settings(builder, input).build();
    }

    private MappingConfig changed(MappingConfig current, AwsInput input) {
        MappingConfig.Builder builder = current.toBuilder();
        input.string("FunctionName").ifPresent(name -> builder.functionArn(functions.target(name)));
        return MappingCodec.settings(builder, input).build();
    }

    static ObjectNode describe(MappingCatalog.Entry mapping) {
        MappingConfig config = mapping.config();
        return MappingCodec.write(config)
                .put("EventSourceMappingArn", arn(config.functionArn(), config.uuid()))
                .put("LastModified", mapping.lastModified().toEpochMilli() / 1000.0)
                .put("LastProcessingResult", mapping.lastProcessingResult())
                .put("State", mapping.state().label())
                .put("StateTransitionReason", "User action");
    }

    /** Returns the ARN of a mapping to a function. */
    static String arn(String functionArn, String uuid) {
        return Arn.parse(functionArn)
                .withResource("event-source-mapping:" + uuid)
                .toString();
    }

    private static ServiceException invalid(String message) {
        return MappingCodec.invalid(message);
    }
}
