package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Logs each order, and fails for a record that is not a JSON object: the batch is delivered again from there. */
public final class OrderHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        for (KinesisEvent.KinesisEventRecord entry : event.getRecords()) {
            KinesisEvent.Record record = entry.getKinesis();
            String order = StandardCharsets.UTF_8.decode(record.getData()).toString();
            if (!order.startsWith("{")) {
                return new StreamsEventResponse(List.of(new BatchItemFailure(record.getSequenceNumber())));
            }
            context.getLogger().log("order " + record.getPartitionKey() + ": " + order + "\n");
        }
        return new StreamsEventResponse(List.of());
    }
}
