package dev.ingestkit.cli.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.QueueCounts;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.local.events.Arn;
import java.net.URI;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;

/**
 * The status of a stack on LocalStack or AWS, in the form of an embedded runtime's status: fields known to the services
 * have the same names, fields known only to a journal are missing. Not thread-safe.
 */
public final class StackStatus {

    private final AwsClients clients;
    private final StackResources stack;

    /** Creates a reader of the status of the clients' target. */
    public StackStatus(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
        this.stack = StackResources.of(clients);
    }

    /** Reads the status, with one request per resource. */
    public ObjectNode read() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("endpoint", clients.target().endpoint().map(URI::toString).orElse("AWS"));
        status.put("stack", clients.target().stack());
        status.put("region", clients.target().region());
        ObjectNode names = status.putObject("outputs");
        new TreeMap<>(stack.outputs()).forEach(names::put);
        ArrayNode streams = status.putArray("streams");
        stack.all(ResourceKind.STREAM).forEach(part -> stream(part.physicalId(), streams));
        ArrayNode functions = status.putArray("functions");
        stack.all(ResourceKind.FUNCTION).forEach(part -> function(part.physicalId(), functions));
        ArrayNode mappings = status.putArray("mappings");
        stack.all(ResourceKind.MAPPING).forEach(part -> mapping(part.physicalId(), mappings));
        ArrayNode queues = status.putArray("queues");
        stack.all(ResourceKind.QUEUE).forEach(part -> queue(stack.atEndpoint(part.physicalId()), queues));
        return status;
    }

    private void stream(String name, ArrayNode list) {
        StreamDescriptionSummary stream = clients.kinesis()
                .describeStreamSummary(request -> request.streamName(name))
                .streamDescriptionSummary();
        list.addObject()
                .put("name", stream.streamName())
                .put("state", stream.streamStatusAsString())
                .put("openShards", stream.openShardCount());
    }

    private void function(String name, ArrayNode list) {
        FunctionConfiguration function = clients.lambda()
                .getFunction(request -> request.functionName(name))
                .configuration();
        list.addObject()
                .put("name", function.functionName())
                .put("handler", function.handler())
                .put("memoryMb", function.memorySize())
                .put("timeoutSeconds", function.timeout())
                .put("state", function.stateAsString());
    }

    private void mapping(String uuid, ArrayNode list) {
        GetEventSourceMappingResponse mapping = clients.lambda().getEventSourceMapping(request -> request.uuid(uuid));
        list.addObject()
                .put("uuid", mapping.uuid())
                .put("function", Arn.qualifiedNameIn(mapping.functionArn()))
                .put("stream", Arn.sourceNameIn(mapping.eventSourceArn()))
                .put("state", mapping.state())
                .put("lastResult", mapping.lastProcessingResult());
    }

    private void queue(String url, ArrayNode list) {
        QueueCounts counts = QueueCounts.read(clients.sqs(), url);
        list.addObject()
                .put("name", url.substring(url.lastIndexOf('/') + 1))
                .put("url", url)
                .put("visible", counts.visible())
                .put("inFlight", counts.hidden());
    }
}
