package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.DeadLetterFormatException;
import dev.ingestkit.core.deadletter.DeadLetterReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A queue in memory that reads back what it is sent, and fails on request. */
final class MemoryQueue implements DeadLetterQueue {

    private final List<DeadLetter.Parked> deadLetters = new ArrayList<>();
    private volatile Predicate<DeadLetter.Parked> fails = deadLetter -> false;

    void failing(Predicate<DeadLetter.Parked> which) {
        fails = which;
    }

    @Override
    public void send(String message) throws QueueException {
        DeadLetter.Parked deadLetter;
        try {
            deadLetter = (DeadLetter.Parked) DeadLetterReader.read(message);
        } catch (DeadLetterFormatException e) {
            throw new AssertionError("the writer sent an unreadable dead letter", e);
        }
        if (fails.test(deadLetter)) {
            throw new QueueException("the queue is down", new IllegalStateException("down"));
        }
        synchronized (deadLetters) {
            deadLetters.add(deadLetter);
        }
    }

    List<DeadLetter.Parked> deadLetters() {
        synchronized (deadLetters) {
            return List.copyOf(deadLetters);
        }
    }
}
