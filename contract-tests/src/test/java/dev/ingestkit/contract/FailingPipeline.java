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
 * A stream of one shard, a mapping with bisect and two retries, {@link PoisonFunction} behind it, and a queue as its
 * on-failure destination. Used by one thread.
 *
 * @param clients for the target, owned by whoever made them
 * @param patience how long a message may take to arrive
 * @param differences what the target is known to do otherwise
 */
record FailingPipeline(
        AwsClients clients, String streamName, String queueUrl, Duration patience, Set<Difference> differences) {

    /** The mapping's retries: so a failing batch is delivered three times. */
    static final int RETRIES = 2;

    /** Puts all records by one call, in order. */
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

    /** Waits until the queue has held so many messages, and takes them. */
    List<DeadLetterQueue.Letter> take(int messages) {
        DeadLetterQueue queue = new DeadLetterQueue(clients, queueUrl);
        Map<String, DeadLetterQueue.Letter> taken = new ConcurrentHashMap<>();
        waiting(messages + " messages are in the queue").until(() -> {
            for (DeadLetterQueue.Letter letter : queue.receive(100, Duration.ofMinutes(5))) {
                taken.put(letter.messageId(), letter);
                queue.delete(letter);
            }
            return taken.size() >= messages;
        });
        return new ArrayList<>(taken.values());
    }

    private ConditionFactory waiting(String what) {
        return Awaitility.await(what).atMost(patience).pollInSameThread().pollInterval(Duration.ofMillis(50));
    }
}
