package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Drains the dead letter queue and counts: poison records by number, and the ids of records that the mapping gave up
 * on, read back from the stream. One thread drains; any thread may query.
 */
final class DeadLetterTally {

    private static final Pattern POISON = Pattern.compile("poison (\\d+) \\{");
    /** Short, because an answer dropped by a fault hides its messages for this long. */
    private static final Duration HIDDEN = Duration.ofSeconds(5);

    private static final int AT_ONCE = 200;

    private final DeadLetterQueue queue;
    private final KinesisClient kinesis;
    private final String stream;
    private final BitSet poison = new BitSet();
    private final Set<String> givenUp = new HashSet<>();
    private long givenUpRecords;

    DeadLetterTally(DeadLetterQueue queue, KinesisClient kinesis, String stream) {
        this.queue = requireNonNull(queue, "queue");
        this.kinesis = requireNonNull(kinesis, "kinesis");
        this.stream = requireNonNull(stream, "stream");
    }

    /** Drains the messages that are visible now; returns false when the queue was empty. */
    boolean takeAll() {
        try {
            List<DeadLetterQueue.ReceivedMessage> deadLetters = queue.receive(AT_ONCE, HIDDEN);
            for (DeadLetterQueue.ReceivedMessage deadLetter : deadLetters) {
                count(deadLetter);
                queue.delete(deadLetter);
            }
            return !deadLetters.isEmpty();
        } catch (CliException | SdkException injected) {
            return true;
        }
    }

    private void count(DeadLetterQueue.ReceivedMessage message) {
        DeadLetter deadLetter = message.content()
                .orElseThrow(() -> new IllegalStateException("a message that is not a dead letter: " + message.body()));
        switch (deadLetter.kind()) {
            case PARKED -> parked((DeadLetter.Parked) deadLetter, message);
            case ON_FAILURE -> readBack(deadLetter.range());
        }
    }

    private void parked(DeadLetter.Parked parked, DeadLetterQueue.ReceivedMessage message) {
        String payload = new String(parked.payload().orElseGet(() -> new byte[0]), StandardCharsets.UTF_8);
        Matcher matcher = POISON.matcher(payload);
        if (!matcher.matches()) {
            throw new IllegalStateException("an event that is not poison was parked: " + message.body());
        }
        found(matcher);
    }

    private void readBack(DeadLetter.RecordRange range) {
        String iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                        .shardId(range.shard())
                        .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                        .startingSequenceNumber(range.firstSequenceNumber()))
                .shardIterator();
        countGivenUp(range.count());
        boolean more = true;
        while (more && iterator != null) {
            String from = iterator;
            GetRecordsResponse page = kinesis.getRecords(request -> request.shardIterator(from));
            for (Record record : page.records()) {
                if (record.sequenceNumber().compareTo(range.lastSequenceNumber()) <= 0) {
                    recordGivenUp(record);
                }
                more &= record.sequenceNumber().compareTo(range.lastSequenceNumber()) < 0;
            }
            iterator = page.nextShardIterator();
        }
    }

    private void recordGivenUp(Record record) {
        String text = record.data().asUtf8String();
        Matcher matcher = POISON.matcher(text);
        if (matcher.matches()) {
            found(matcher);
        } else {
            giveUp(StoredEvents.json(record.data().asByteArray()).path("id").asText());
        }
    }

    private synchronized void found(Matcher number) {
        poison.set(Integer.parseInt(number.group(1)));
    }

    private synchronized void giveUp(String id) {
        givenUp.add(id);
    }

    private synchronized void countGivenUp(long records) {
        givenUpRecords += records;
    }

    synchronized boolean hasPoison(int index) {
        return poison.get(index);
    }

    synchronized int poisonCount() {
        return poison.cardinality();
    }

    /**
     * Returns whether the mapping gave up on a record with that id; such a record stays in the stream, reported by the
     * queue.
     */
    synchronized boolean gaveUp(String id) {
        return givenUp.contains(id);
    }

    synchronized long givenUpRecords() {
        return givenUpRecords;
    }
}
