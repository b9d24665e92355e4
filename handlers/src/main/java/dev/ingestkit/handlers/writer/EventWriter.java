package dev.ingestkit.handlers.writer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import dev.ingestkit.core.item.ItemEncoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lambda's entry point: stores each event of a Kinesis batch in the table.
 *
 * <p>The answer names the lowest sequence number that has to be redelivered, if any: the mapping needs
 * {@code ReportBatchItemFailures}. Configured by the environment, see {@code WriterConfig}.
 */
public final class EventWriter implements RequestHandler<KinesisEvent, StreamsEventResponse> {

    private final BatchProcessor processor;

    /**
     * Called by Lambda in the init phase, so that building the clients and their first use do not slow the first
     * invocation.
     */
    public EventWriter() {
        this(WriterConfig.from(System.getenv()));
    }

    private EventWriter(WriterConfig config) {
        this(new BatchProcessor(
                new ItemEncoder(config.options()),
                new EventProcessor(
                        new DynamoDbTable(AwsClients.dynamoDb(config.concurrency()), config.tableName()),
                        new SqsQueue(AwsClients::sqs, config.queueUrl()),
                        config.policy(),
                        Clock.systemUTC()),
                workers(config.concurrency())));
        Priming.run(config);
    }

    EventWriter(BatchProcessor processor) {
        this.processor = processor;
    }

    private static ExecutorService workers(int concurrency) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(concurrency, task -> {
            Thread thread = new Thread(task, "writer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
        List<EventRecord> records = KinesisRecords.from(event);
        WriterLog log = new WriterLog(context.getLogger(), context.getAwsRequestId());
        BatchResult result =
                processor.process(records, () -> Duration.ofMillis(context.getRemainingTimeInMillis()), log);
        log.batch(records, result);
        return new StreamsEventResponse(
                result.lowestFailed().map(BatchItemFailure::new).stream().toList());
    }
}
