package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;
import dev.ingestkit.cli.deadletter.LetterVisitor.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Goes through the queue once. A message that is left there is hidden until the end of the scan, so that it is not met
 * twice, and given back then. Memory does not grow with the messages' size: of each that was met its id is kept, no more.
 * Used once, by one thread.
 */
public final class LetterScan {

    /** What a scan that is killed leaves hidden comes back after so long; a scan of a large queue needs more. */
    public static final Duration HIDDEN = Duration.ofMinutes(2);

    /** SQS's limit. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration FOR_EACH = Duration.ofMillis(20);
    /** SQS may give a message twice, so a round without a new one is not yet the end. */
    private static final int ROUNDS_WITHOUT_NEWS = 5;

    private final DeadLetterQueue queue;
    private final Instant begin;
    private final Duration hidden;
    private final BooleanSupplier stopped;
    private List<Letter> round = List.of();
    private long renewed;
    private long visited;
    private long newer;

    /** Goes through all that is there. */
    public LetterScan(DeadLetterQueue queue) {
        this(queue, Instant.MAX, HIDDEN, () -> false);
    }

    /**
     * @param begin messages sent later are left alone: what a redrive itself causes is not redriven again
     * @param hidden for how long others do not see a message that this scan has met, at least
     * @param stopped whether to end before the next message
     */
    public LetterScan(DeadLetterQueue queue, Instant begin, Duration hidden, BooleanSupplier stopped) {
        this.queue = requireNonNull(queue, "queue");
        this.begin = requireNonNull(begin, "begin");
        this.hidden = requireNonNull(hidden, "hidden");
        this.stopped = requireNonNull(stopped, "stopped");
    }

    /** Visits each message; answers how many. */
    public long visit(LetterVisitor visitor) {
        Duration time = timeFor(queue.counts().visible());
        try (HeldLetters held = new HeldLetters()) {
            try {
                boolean more = true;
                for (int dull = 0; more && dull < patience(held) && !stopped.getAsBoolean(); ) {
                    List<Letter> received = queue.receiveSome(DeadLetterQueue.MOST_AT_ONCE, time);
                    renewed = System.nanoTime();
                    round = received.stream()
                            .filter(letter -> held.meet(letter.messageId()))
                            .toList();
                    received.stream()
                            .filter(letter -> !round.contains(letter))
                            .forEach(letter -> held.hold(letter.receiptHandle()));
                    more = !received.isEmpty() && round(visitor, held);
                    dull = round.isEmpty() ? dull + 1 : 0;
                }
            } finally {
                held.giveBack(queue);
            }
        }
        return visited;
    }

    /** What is held may come back before the end, and then all of it may be met before the next new message. */
    private static int patience(HeldLetters held) {
        return ROUNDS_WITHOUT_NEWS + held.size() / DeadLetterQueue.MOST_AT_ONCE;
    }

    /** How many messages were left alone because they were sent after the scan's begin. */
    public long newer() {
        return newer;
    }

    /**
     * For a visitor that takes its time over one message: keeps what is in work hidden. Cheap: most calls do nothing.
     */
    public void stillAtWork() {
        if (System.nanoTime() - renewed > hidden.toNanos() / 2) {
            queue.hide(round.stream().map(Letter::receiptHandle).toList(), hidden);
            renewed = System.nanoTime();
        }
    }

    /** Answers false when the visitor has had enough. */
    private boolean round(LetterVisitor visitor, HeldLetters held) {
        List<Letter> settling = new ArrayList<>();
        List<Letter> left = new ArrayList<>(round);
        try {
            for (Letter letter : round) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                if (letter.sentAt().isAfter(begin)) {
                    newer++;
                    continue;
                }
                visited++;
                stillAtWork();
                Step step = visitor.visit(letter);
                if (step == Step.STOP) {
                    return false;
                }
                if (step == Step.DELETE) {
                    queue.delete(letter);
                    left.remove(letter);
                } else if (step == Step.SETTLE) {
                    settling.add(letter);
                }
            }
            return true;
        } finally {
            // Before anything else, also on the way out: what is settled must not be lost again by a failure of
            // another.
            try {
                settle(visitor, settling, left);
            } finally {
                left.forEach(letter -> held.hold(letter.receiptHandle()));
            }
        }
    }

    private void settle(LetterVisitor visitor, List<Letter> settling, List<Letter> left) {
        if (!settling.isEmpty()) {
            visitor.settle();
            queue.delete(settling);
            left.removeAll(settling);
        }
    }

    private Duration timeFor(long messages) {
        Duration needed = FOR_EACH.multipliedBy(messages);
        Duration time = needed.compareTo(hidden) > 0 ? needed : hidden;
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
