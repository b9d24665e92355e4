package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Scans the queue once. A message that stays in the queue is hidden until the end of the scan, so that it is not seen
 * twice, and is then made visible again. Memory holds only the id of each message seen. Runs once; not thread-safe.
 */
public final class DeadLetterScan {

    /** The time after which messages of a killed scan reappear; a scan of a large queue extends it. */
    public static final Duration HIDDEN = Duration.ofMinutes(2);

    /** The limit of SQS. */
    private static final Duration MAX_HIDDEN = Duration.ofHours(12);

    private static final Duration FOR_EACH = Duration.ofMillis(20);
    /** SQS may deliver a message twice, so a round without a new message does not yet mean the end. */
    private static final int ROUNDS_WITHOUT_NEWS = 5;

    private final DeadLetterQueue queue;
    private final Instant begin;
    private final Duration hidden;
    private final BooleanSupplier stopped;
    private List<ReceivedMessage> round = List.of();
    private long renewed;
    private long visited;
    private long newer;

    /** Creates a scan of all messages. */
    public DeadLetterScan(DeadLetterQueue queue) {
        this(queue, Instant.MAX, HIDDEN, () -> false);
    }

    /**
     * Creates a scan of the messages that were sent before a moment.
     *
     * @param begin messages sent later are skipped, so that a redrive does not redrive its own failures
     * @param hidden the minimum time for which a message seen by this scan is hidden from others
     * @param stopped whether to stop before the next message
     */
    public DeadLetterScan(DeadLetterQueue queue, Instant begin, Duration hidden, BooleanSupplier stopped) {
        this.queue = requireNonNull(queue, "queue");
        this.begin = requireNonNull(begin, "begin");
        this.hidden = requireNonNull(hidden, "hidden");
        this.stopped = requireNonNull(stopped, "stopped");
    }

    /** Visits each message; returns their number. */
    public long visit(DeadLetterVisitor visitor) {
        Duration time = timeFor(queue.counts().visible());
        try (HeldDeadLetters held = new HeldDeadLetters()) {
            try {
                boolean more = true;
                for (int emptyRounds = 0; more && emptyRounds < maxEmptyRounds(held) && !stopped.getAsBoolean(); ) {
                    List<ReceivedMessage> received = queue.receiveSome(DeadLetterQueue.MAX_PER_CALL, time);
                    renewed = System.nanoTime();
                    round = received.stream()
                            .filter(deadLetter -> held.meet(deadLetter.messageId()))
                            .toList();
                    received.stream()
                            .filter(deadLetter -> !round.contains(deadLetter))
                            .forEach(deadLetter -> held.hold(deadLetter.receiptHandle()));
                    more = !received.isEmpty() && round(visitor, held);
                    emptyRounds = round.isEmpty() ? emptyRounds + 1 : 0;
                }
            } finally {
                held.release(queue);
            }
        }
        return visited;
    }

    /** Held messages may reappear before the end, and then all of them may be received before the next new one. */
    private static int maxEmptyRounds(HeldDeadLetters held) {
        return ROUNDS_WITHOUT_NEWS + held.size() / DeadLetterQueue.MAX_PER_CALL;
    }

    /** Returns the number of messages that were skipped because they were sent after the start of the scan. */
    public long newer() {
        return newer;
    }

    /**
     * Keeps the current messages hidden while a visitor works on one of them. Cheap, since most calls do nothing.
     */
    public void stillAtWork() {
        if (System.nanoTime() - renewed > hidden.toNanos() / 2) {
            queue.hide(round.stream().map(ReceivedMessage::receiptHandle).toList(), hidden);
            renewed = System.nanoTime();
        }
    }

    /** Returns false when the visitor stopped. */
    private boolean round(DeadLetterVisitor visitor, HeldDeadLetters held) {
        List<ReceivedMessage> settling = new ArrayList<>();
        List<ReceivedMessage> left = new ArrayList<>(round);
        try {
            for (ReceivedMessage deadLetter : round) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
                if (deadLetter.sentAt().isAfter(begin)) {
                    newer++;
                    continue;
                }
                visited++;
                stillAtWork();
                Step step = visitor.visit(deadLetter);
                if (step == Step.STOP) {
                    return false;
                }
                if (step == Step.DELETE) {
                    queue.delete(deadLetter);
                    left.remove(deadLetter);
                } else if (step == Step.SETTLE) {
                    settling.add(deadLetter);
                }
            }
            return true;
        } finally {
            // First of all, also after a failure: a settled message must not be lost to the failure of
            // another one.
            try {
                settle(visitor, settling, left);
            } finally {
                left.forEach(deadLetter -> held.hold(deadLetter.receiptHandle()));
            }
        }
    }

    private void settle(DeadLetterVisitor visitor, List<ReceivedMessage> settling, List<ReceivedMessage> left) {
        if (!settling.isEmpty()) {
            visitor.settle();
            queue.delete(settling);
            left.removeAll(settling);
        }
    }

    private Duration timeFor(long messages) {
        Duration needed = FOR_EACH.multipliedBy(messages);
        Duration time = needed.compareTo(hidden) > 0 ? needed : hidden;
        return time.compareTo(MAX_HIDDEN) > 0 ? MAX_HIDDEN : time;
    }
}
