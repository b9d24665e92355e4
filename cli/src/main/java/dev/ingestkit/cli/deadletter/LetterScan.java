package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Goes through the queue once. A message that is left there is hidden until the end of the scan, so that it is not met
 * twice, and given back then; its body is not held.
 */
public final class LetterScan {

    /** Whether to go on, and whether the message was dealt with. */
    public enum Step {
        /** Leave it in the queue. */
        LEAVE,
        /** Delete it: what it stood for is safe. */
        DELETE,
        /** Leave it in the queue, and end. */
        STOP
    }

    private static final int AT_ONCE = 10;
    /** What a scan that is killed leaves hidden comes back after so long. */
    private static final Duration HIDDEN = Duration.ofMinutes(2);

    private final DeadLetterQueue queue;
    private final Instant begin;

    /**
     * @param begin messages sent later are left alone: what a redrive itself causes is not redriven again
     */
    public LetterScan(DeadLetterQueue queue, Instant begin) {
        this.queue = requireNonNull(queue, "queue");
        this.begin = requireNonNull(begin, "begin");
    }

    /** Visits each message; answers how many. */
    public long visit(Function<Letter, Step> visitor) {
        Map<String, Letter> left = new LinkedHashMap<>();
        long visited = 0;
        try {
            while (true) {
                List<Letter> fresh = fresh(left);
                if (fresh.isEmpty()) {
                    return visited;
                }
                for (Letter letter : fresh) {
                    if (letter.sentAt().isAfter(begin)) {
                        continue;
                    }
                    visited++;
                    Step step = visitor.apply(letter);
                    if (step == Step.DELETE) {
                        queue.delete(letter);
                        left.remove(letter.messageId());
                    } else if (step == Step.STOP) {
                        return visited;
                    }
                }
            }
        } finally {
            left.values().forEach(queue::giveBack);
        }
    }

    /** Receives some, of which those that were met before are not told again. */
    private List<Letter> fresh(Map<String, Letter> left) {
        List<Letter> fresh = new ArrayList<>();
        for (Letter letter : queue.receive(AT_ONCE, HIDDEN)) {
            if (left.put(letter.messageId(), withoutBody(letter)) == null) {
                fresh.add(letter);
            }
        }
        return fresh;
    }

    private static Letter withoutBody(Letter letter) {
        return new Letter(
                letter.messageId(),
                letter.receiptHandle(),
                "",
                letter.sentAt(),
                letter.receiveCount(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
    }
}
