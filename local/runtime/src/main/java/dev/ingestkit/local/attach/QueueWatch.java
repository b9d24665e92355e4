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
 * How full another endpoint's queues were when it last answered. Nobody waits for it: asking gives what is known and has
 * it looked up again, at most once at a time. Thread-safe.
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

    /** Watches these queues; returns when each is known. */
    public void start(List<String> queueArns) {
        arns = List.copyOf(queueArns);
        arns.forEach(
                arn -> look(arn).orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS).join());
    }

    private CompletableFuture<Void> look(String arn) {
        return queues.depth(arn).thenAccept(counts -> known.put(arn, counts));
    }

    public List<QueueDepth> counts() {
        for (String arn : arns) {
            asking.computeIfAbsent(arn, asked -> {
                CompletableFuture<Void> answer = look(asked);
                CompletableFuture<Void> unused = answer.whenCompleteAsync((done, failure) -> {
                    asking.remove(asked);
                    if (failure != null) {
                        LOG.warn("the depth of {} is not known now: {}", asked, failure.getMessage());
                    }
                });
                return answer;
            });
        }
        return List.copyOf(known.values());
    }
}
