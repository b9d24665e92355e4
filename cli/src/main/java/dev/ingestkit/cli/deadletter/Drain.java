package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.output.Progress;
import java.util.Optional;
import java.util.function.Consumer;

/** Moves dead letters to a file, and deletes each when it is safely there. Runs once; not thread-safe. */
public final class Drain implements DeadLetterVisitor {

    /**
     * The result of a drain; the components are its JSON form. {@code left} counts messages that could not be drained.
     */
    public record Drained(String file, long messages, long records, long left) {}

    private final Recovery recovery;
    private final Selection selection;
    private final DrainFile file;
    private final long max;
    private final Consumer<String> notes;
    private final Progress progress;
    private long messages;
    private long records;
    private long left;

    /**
     * Creates a drain to a file.
     *
     * @param max the maximum of messages
     * @param notes receives a note on each message left in the queue
     */
    public Drain(
            Recovery recovery,
            Selection selection,
            DrainFile file,
            long max,
            Consumer<String> notes,
            Progress progress) {
        this.recovery = requireNonNull(recovery, "recovery");
        this.selection = requireNonNull(selection, "selection");
        this.file = requireNonNull(file, "file");
        this.max = max;
        this.notes = requireNonNull(notes, "notes");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Scans the queue. */
    public Drained run(DeadLetterScan scan, String name) {
        scan.visit(this);
        return new Drained(name, messages, records, left);
    }

    @Override
    public Step visit(ReceivedMessage deadLetter) {
        if (messages >= max) {
            return Step.STOP;
        }
        DeadLetterSummary summary = DeadLetterSummary.of(deadLetter);
        if (!selection.includes(summary, () -> recovery.of(deadLetter))) {
            return Step.LEAVE;
        }
        if (isOfFunction(deadLetter)) {
            left++;
            notes.accept("left in the queue: %s: only a redrive returns it to its function"
                    .formatted(deadLetter.messageId()));
            return Step.LEAVE;
        }
        Optional<Recovered> recovered = recovery.of(deadLetter);
        if (recovered.isEmpty() || !recovered.get().complete()) {
            left++;
            String reason = recovered.map(Recovered::missing).orElse(String.valueOf(summary.text()));
            notes.accept("left in the queue: %s: %s".formatted(deadLetter.messageId(), reason));
            return Step.LEAVE;
        }
        file.write(summary, recovered.get());
        messages++;
        records += recovered.get().records().size();
        progress.at(messages, 0, left);
        return Step.SETTLE;
    }

    /** A line of the file is sent to a stream or queue, which the function that failed does not read. */
    private static boolean isOfFunction(ReceivedMessage deadLetter) {
        return deadLetter.invocation().isPresent()
                || deadLetter
                        .content()
                        .filter(known -> known.range().isOfTable())
                        .isPresent();
    }

    @Override
    public void settle() {
        file.sync();
    }
}
