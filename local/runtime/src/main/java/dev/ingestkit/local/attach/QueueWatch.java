package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.control.QueueDepth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the number of messages in another endpoint's queues. Reading never waits: it returns the last known counts
 * and requests new ones, one request for each queue at a time. Thread-safe.
 */
public final class QueueWatch {

    private static final Logger LOG = LoggerFactory.getLogger(QueueWatch.class);
    private static final long SECONDS_TO_ANSWER = 60;

    private final RemoteQueues queues;
    private final Map<String, QueueDepth> known = new ConcurrentSkipListMap<>();
    private final Map<String, CompletableFuture<?>> asking = new ConcurrentHashMap<>();
    private volatile List<String> arns = List.of();

    public QueueWatch(RemoteQueues queues) {
        this.queues = requireNonNull(queues, "queues");
    }

    /** Watches these queues; returns when the counts of each are known. */
    public void start(List<String> queueArns) {
        arns = List.copyOf(queueArns);
        arns.forEach(arn ->
                refresh(arn).orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS).join());
    }

    private CompletableFuture<Void> refresh(String arn) {
        return queues.depth(arn).thenAccept(counts -> known.put(arn, counts));
    }

    public List<QueueDepth> counts() {
        for (String arn : arns) {
            asking.computeIfAbsent(arn, asked -> {
                CompletableFuture<Void> answer = refresh(asked);
                CompletableFuture<Void> unused = answer.whenCompleteAsync((done, failure) -> {
                    asking.remove(asked);
                    if (failure != null) {
                        LOG.warn("the counts of {} are currently unknown: {}", asked, failure.getMessage());
                    }
                });
                return answer;
            });
        }
        return List.copyOf(known.values());
    }
}
