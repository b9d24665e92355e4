package dev.ingestkit.cli.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.local.events.Arn;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The status of a stack on LocalStack or AWS, in the form of an embedded runtime's status: fields known to the services
 * have the same names, fields known only to a journal are missing. Not thread-safe.
 */
public final class StackStatus {

    private final AwsClients clients;
    private final StackOutputs outputs;

    /** Creates a reader of the status of the clients' target. */
    public StackStatus(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
        this.outputs = StackOutputs.of(clients);
    }

    /** Reads the status, with one request per service. */
    public ObjectNode read() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("endpoint", clients.target().endpoint().map(URI::toString).orElse("AWS"));
        status.put("stack", clients.target().stack());
        status.put("region", clients.target().region());
        ObjectNode names = status.putObject("outputs");
        new TreeMap<>(outputs.all()).forEach(names::put);
        stream(status.putArray("streams"));
        function(status.putArray("functions"));
        mappings(status.putArray("mappings"));
        queue(status.putArray("queues"));
        return status;
    }

    private void stream(ArrayNode list) {
        StreamDescriptionSummary stream = clients.kinesis()
                .describeStreamSummary(request -> request.streamName(outputs.streamName()))
                .streamDescriptionSummary();
        list.addObject()
                .put("name", stream.streamName())
                .put("state", stream.streamStatusAsString())
                .put("openShards", stream.openShardCount());
    }

    private void function(ArrayNode list) {
        FunctionConfiguration function = clients.lambda()
                .getFunction(request -> request.functionName(outputs.writerFunction()))
                .configuration();
        list.addObject()
                .put("name", function.functionName())
                .put("handler", function.handler())
                .put("memoryMb", function.memorySize())
                .put("timeoutSeconds", function.timeout())
                .put("state", function.stateAsString());
    }

    private void mappings(ArrayNode list) {
        for (EventSourceMappingConfiguration mapping : clients.lambda()
                .listEventSourceMappings(request -> request.eventSourceArn(outputs.streamArn()))
                .eventSourceMappings()) {
            list.addObject()
                    .put("uuid", mapping.uuid())
                    .put("function", Arn.qualifiedNameIn(mapping.functionArn()))
                    .put("stream", Arn.nameIn(mapping.eventSourceArn()))
                    .put("state", mapping.state())
                    .put("lastResult", mapping.lastProcessingResult());
        }
    }

    private void queue(ArrayNode list) {
        String url = outputs.queueUrl();
        Map<QueueAttributeName, String> counts = clients.sqs()
                .getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        list.addObject()
                .put("name", url.substring(url.lastIndexOf('/') + 1))
                .put("url", url)
                .put("visible", count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .put("inFlight", count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    }

    private static long count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }
}
