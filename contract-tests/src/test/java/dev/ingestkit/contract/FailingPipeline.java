package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * A stream of one shard, a mapping with bisect and two retries, {@link PoisonFunction} as its function, and a queue as
 * its on-failure destination. For one thread.
 *
 * @param clients clients of the target, owned by the caller
 * @param timeout maximum time until a message arrives
 * @param differences known differences of the target from AWS
 */
record FailingPipeline(
        AwsClients clients, String streamName, String queueUrl, Duration timeout, Set<Difference> differences) {

    /** The mapping's retries: a failing batch is delivered three times. */
    static final int RETRIES = 2;

    /** Puts all records in one call, in order. */
    List<PutRecordsResultEntry> put(List<String> records) {
        List<PutRecordsRequestEntry> entries = records.stream()
                .map(text -> PutRecordsRequestEntry.builder()
                        .partitionKey("key")
                        .data(SdkBytes.fromUtf8String(text))
                        .build())
                .toList();
        return clients.kinesis()
                .putRecords(request -> request.streamName(streamName).records(entries))
                .records();
    }

    /** Waits until the queue holds the given number of messages, and receives them. */
    List<DeadLetterQueue.ReceivedMessage> take(int messages) {
        DeadLetterQueue queue = new DeadLetterQueue(clients, queueUrl);
        Map<String, DeadLetterQueue.ReceivedMessage> taken = new ConcurrentHashMap<>();
        waiting(messages + " messages are in the queue").until(() -> {
            for (DeadLetterQueue.ReceivedMessage deadLetter : queue.receive(100, Duration.ofMinutes(5))) {
                taken.put(deadLetter.messageId(), deadLetter);
                queue.delete(deadLetter);
            }
            return taken.size() >= messages;
        });
        return new ArrayList<>(taken.values());
    }

    private ConditionFactory waiting(String what) {
        return Awaitility.await(what).atMost(timeout).pollInSameThread().pollInterval(Duration.ofMillis(50));
    }
}
