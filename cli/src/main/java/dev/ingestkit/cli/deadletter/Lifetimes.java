package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Calculates until when dead letters can be redriven: as long as the queue keeps the message and, if the records are
 * only in the stream, as long as the stream retains them. Queries the queue and each stream once. Not thread-safe.
 */
public final class Lifetimes {

    /** The retention of each table's stream. */
    private static final Duration TABLE_RETENTION = Duration.ofHours(24);

    private final DeadLetterQueue queue;
    private final KinesisClient kinesis;
    private final Map<String, Optional<Duration>> streams = new HashMap<>();
    private Optional<Duration> messages = Optional.empty();
    private boolean asked;

    public Lifetimes(AwsClients clients, DeadLetterQueue queue) {
        this.queue = requireNonNull(queue, "queue");
        this.kinesis = requireNonNull(clients, "clients").kinesis();
    }

    /** Returns the moment at which the message or its first record expires; empty if the retention cannot be read. */
    public Optional<Instant> endOf(ReceivedMessage deadLetter) {
        Optional<Instant> message = messages().map(deadLetter.sentAt()::plus);
        Optional<Instant> records =
                deadLetter.content().filter(Lifetimes::isInStreamOnly).flatMap(this::endInStream);
        if (message.isPresent() && records.isPresent()) {
            return message.get().isBefore(records.get()) ? message : records;
        }
        return message.or(() -> records);
    }

    private static boolean isInStreamOnly(DeadLetter deadLetter) {
        return switch (deadLetter.kind()) {
            case PARKED -> ((DeadLetter.Parked) deadLetter).payload().isEmpty();
            case ON_FAILURE -> true;
        };
    }

    private Optional<Instant> endInStream(DeadLetter deadLetter) {
        DeadLetter.RecordRange range = deadLetter.range();
        if (range.isOfTable()) {
            return Optional.of(range.firstArrival().plus(TABLE_RETENTION));
        }
        return retention(range.stream()).map(range.firstArrival()::plus);
    }

    private Optional<Duration> messages() {
        if (!asked) {
            asked = true;
            try {
                messages = Optional.of(queue.retention()).filter(time -> !time.isZero());
            } catch (CliException unknown) {
                // Reading attributes is a separate permission; the redrive continues without them.
                messages = Optional.empty();
            }
        }
        return messages;
    }

    private Optional<Duration> retention(String stream) {
        return streams.computeIfAbsent(stream, arn -> {
            try {
                return Optional.of(Duration.ofHours(kinesis.describeStreamSummary(request -> request.streamARN(arn))
                        .streamDescriptionSummary()
                        .retentionPeriodHours()));
            } catch (SdkException unknown) {
                // Likewise; reading the records is yet another permission, and reports expired records itself.
                return Optional.empty();
            }
        });
    }
}
