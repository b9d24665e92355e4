package example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import jakarta.inject.Inject;
import java.util.List;

/** Counts the clicks of each visitor; the first click beyond a visitor's limit is reported as failed. */
public final class ClickHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    @Inject
    ClickCounter counter;

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        for (KinesisEvent.KinesisEventRecord entry : event.getRecords()) {
            KinesisEvent.Record record = entry.getKinesis();
            if (!counter.count(record.getPartitionKey())) {
                context.getLogger().log("ERROR too many clicks of " + record.getPartitionKey() + "\n");
                return new StreamsEventResponse(List.of(new BatchItemFailure(record.getSequenceNumber())));
            }
        }
        return new StreamsEventResponse(List.of());
    }
}
