package example;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/** One worker of an application of the Kinesis Client Library. It adds the text of each record to a common list. */
final class Worker implements AutoCloseable {

    private final Scheduler scheduler;
    private final Thread thread;
    private final List<String> received;
    private final Predicate<String> stopsAfter;

    /**
     * Starts a worker.
     *
     * @param application names the lease table, and the consumer of enhanced fan-out
     * @param polling whether the worker polls instead of using enhanced fan-out, which is the library's default
     * @param stopsAfter a record after which the worker sets its last checkpoint
     */
    Worker(
            Endpoint endpoint,
            String stream,
            String application,
            String id,
            boolean polling,
            List<String> received,
            Predicate<String> stopsAfter) {
        this.received = received;
        this.stopsAfter = stopsAfter;
        ConfigsBuilder configs = new ConfigsBuilder(
                new SingleStreamTracker(
                        stream,
                        InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON)),
                application,
                endpoint.kinesis,
                endpoint.dynamoDb,
                endpoint.cloudWatch,
                id,
                Processor::new);
        RetrievalConfig retrieval = configs.retrievalConfig();
        if (polling) {
            retrieval.retrievalSpecificConfig(new PollingConfig(stream, endpoint.kinesis));
        }
        scheduler = new Scheduler(
                configs.checkpointConfig(),
                configs.coordinatorConfig()
                        .parentShardPollIntervalMillis(500)
                        .shardConsumerDispatchPollIntervalMillis(200),
                configs.leaseManagementConfig()
                        .failoverTimeMillis(2_000)
                        .leaseAssignmentIntervalMillis(3_000L)
                        .shardSyncIntervalMillis(5_000),
                configs.lifecycleConfig(),
                configs.metricsConfig(),
                configs.processorConfig(),
                retrieval);
        thread = new Thread(scheduler, id);
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops after the records in hand are processed. */
    @Override
    public void close() throws Exception {
        scheduler.startGracefulShutdown().get(60, TimeUnit.SECONDS);
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    /** Processes the records of one shard. */
    private final class Processor implements ShardRecordProcessor {

        private boolean stopped;

        @Override
        public void initialize(InitializationInput input) {
            System.out.printf("%s takes %s%n", Thread.currentThread().getName(), input.shardId());
        }

        @Override
        public void processRecords(ProcessRecordsInput input) {
            for (KinesisClientRecord record : input.records()) {
                String text = StandardCharsets.UTF_8.decode(record.data()).toString();
                if (stopped) {
                    return;
                }
                if (!text.equals(ClientsCheck.WARM_UP_TEXT)) {
                    received.add(text);
                }
                try {
                    input.checkpointer().checkpoint(record.sequenceNumber(), record.subSequenceNumber());
                } catch (Exception lost) {
                    System.out.printf("no checkpoint after '%s': %s%n", text, lost);
                }
                stopped = stopsAfter.test(text);
            }
        }

        @Override
        public void leaseLost(LeaseLostInput input) {
            System.out.println("a lease went to another worker");
        }

        @Override
        public void shardEnded(ShardEndedInput input) {
            try {
                input.checkpointer().checkpoint();
                System.out.println("a shard has ended");
            } catch (Exception lost) {
                System.out.println("no checkpoint at the end of a shard: " + lost);
            }
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            System.out.println("a worker stops at its last checkpoint");
        }
    }

    /** Returns a list for the records of several workers. */
    static List<String> records() {
        return new CopyOnWriteArrayList<>();
    }
}
