package dev.ingestkit.cli.verify;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.ShardRecord;
import dev.ingestkit.cli.event.EventList;
import dev.ingestkit.cli.event.EventSummary;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.LedgerEntry;
import dev.ingestkit.cli.verify.Fact.Where;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.DeadLetter.RecordRange;
import dev.ingestkit.core.event.PayloadDigest;
import dev.ingestkit.local.events.SequenceNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Compares a ledger with the table and the dead letter queue. Reads each once; memory does not grow with the number of
 * events.
 */
public final class Verification {

    private final StoredEvents events;
    private final DeadLetters deadLetters;
    private final Recovery recovery;

    /** The events of the table. */
    @FunctionalInterface
    public interface StoredEvents {
        /** Visits each event once, without holding it. */
        void visit(Consumer<EventSummary> visitor);
    }

    /** The messages of the dead letter queue. */
    @FunctionalInterface
    public interface DeadLetters {
        /** Visits each dead letter once. */
        void visit(DeadLetterVisitor visitor);
    }

    public Verification(StoredEvents events, DeadLetters deadLetters, Recovery recovery) {
        this.events = requireNonNull(events, "events");
        this.deadLetters = requireNonNull(deadLetters, "deadLetters");
        this.recovery = requireNonNull(recovery, "recovery");
    }

    /** Returns a verification with a stack's table and queue. */
    public static Verification of(EventList events, DeadLetterQueue queue, Recovery recovery) {
        return new Verification(
                visitor -> events.all(Instant.MIN, visitor),
                visitor -> new DeadLetterScan(queue).visit(visitor),
                recovery);
    }

    /**
     * Compares the ledger with table and queue.
     *
     * @param listener receives the outcome and id of each event of the ledger that is not stored
     */
    public Verdict run(Path ledger, BiConsumer<String, String> listener) {
        try (Partitions partitions = new Partitions()) {
            // Read the queue before the table, so that an event that is redriven meanwhile is seen at least once.
            List<RecordRange> expired = deadLetters(partitions);
            Ledger.read(ledger, entry -> ledgerEntry(entry, expired, partitions));
            events.visit(event -> partitions.add(new Fact(Where.STORED, event.id(), event.sha256())));
            Comparison comparison = new Comparison(listener);
            partitions.each(comparison::add);
            return comparison.verdict();
        } catch (IOException | UncheckedIOException failed) {
            throw new CliException("NO_ROOM", ExitCode.ENVIRONMENT, "cannot keep the comparison on disk")
                    .because(String.valueOf(failed.getMessage()), failed)
                    .hint("it needs about 150 bytes per event in the directory for temporary files");
        }
    }

    /** Returns the ranges with expired records, whose events are known only by their positions. */
    private List<RecordRange> deadLetters(Partitions partitions) {
        List<RecordRange> expired = new ArrayList<>();
        deadLetters.visit(deadLetter -> {
            recovery.of(deadLetter).ifPresent(recovered -> {
                recovered.records().forEach(record -> partitions.add(dead(deadLetter, record)));
                if (!recovered.complete()) {
                    deadLetter
                            .content()
                            .filter(known -> known.kind() == DeadLetter.Kind.ON_FAILURE)
                            .ifPresent(known -> expired.add(known.range()));
                }
            });
            return DeadLetterVisitor.Step.LEAVE;
        });
        return expired;
    }

    private static Fact dead(ReceivedMessage deadLetter, ShardRecord record) {
        String key = deadLetter.content().orElse(null) instanceof DeadLetter.Parked parked
                ? parked.id().orElse(record.origin().partitionKey())
                : EventNaming.bodyId(record.data()).orElse(record.origin().partitionKey());
        return new Fact(Where.DEAD, key, PayloadDigest.sha256(record.data()));
    }

    private static void ledgerEntry(LedgerEntry entry, List<RecordRange> expired, Partitions partitions) {
        partitions.add(new Fact(entry.accepted() ? Where.ACCEPTED : Where.REFUSED, entry.id(), entry.sha256()));
        if (expired.stream().anyMatch(range -> isWithin(entry, range))) {
            partitions.add(new Fact(Where.DEAD, entry.id(), ""));
        }
    }

    private static boolean isWithin(LedgerEntry entry, RecordRange range) {
        if (entry.sequenceNumber() == null || !range.shard().equals(entry.shardId())) {
            return false;
        }
        return SequenceNumber.parse(entry.sequenceNumber())
                .isBetween(
                        SequenceNumber.parse(range.firstSequenceNumber()),
                        SequenceNumber.parse(range.lastSequenceNumber()));
    }
}
