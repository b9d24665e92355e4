package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.mapping.failure.FailureDestination;
import dev.ingestkit.local.mapping.failure.FailureNotice;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Sends on-failure messages to queues and topics, without the records, and to buckets, with the records, as AWS does.
 * Other kinds of destinations are refused by name. Thread-safe.
 */
public final class Destinations implements FailureDestination {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    private final BiFunction<String, String, CompletionStage<String>> queues;
    private final BiFunction<String, String, CompletionStage<String>> topics;
    private final Objects objects;
    private final Supplier<String> ids;

    /** Puts an object into a bucket and returns its key. */
    @FunctionalInterface
    public interface Objects {

        CompletionStage<String> put(String bucketArn, String key, byte[] content);
    }

    /**
     * Creates the destinations.
     *
     * @param queues sends a body to a queue's ARN and returns the message's id
     * @param topics publishes a body to a topic's ARN and returns the message's id
     * @param ids the UUIDs at the end of the objects' keys
     */
    public Destinations(
            BiFunction<String, String, CompletionStage<String>> queues,
            BiFunction<String, String, CompletionStage<String>> topics,
            Objects objects,
            Supplier<String> ids) {
        this.queues = requireNonNull(queues, "queues");
        this.topics = requireNonNull(topics, "topics");
        this.objects = requireNonNull(objects, "objects");
        this.ids = requireNonNull(ids, "ids");
    }

    /** Returns whether messages to this ARN reach a destination here. */
    public static boolean canReach(String destinationArn) {
        String service = service(destinationArn);
        return service.equals("sqs") || service.equals("sns") || service.equals("s3");
    }

    private static String service(String arn) {
        return Arn.tryParse(arn).map(Arn::service).orElse("");
    }

    @Override
    public CompletionStage<String> send(String destinationArn, FailureNotice notice) {
        return switch (service(destinationArn)) {
            case "sqs" -> queues.apply(destinationArn, notice.message());
            case "sns" -> topics.apply(destinationArn, notice.message());
            case "s3" -> objects.put(destinationArn, key(notice), notice.messageWithPayload());
            default ->
                CompletableFuture.failedFuture(new UnsupportedOperationException(
                        "an on-failure destination here must be an SQS queue, an SNS topic or an S3 bucket: "
                                + destinationArn));
        };
    }

    /** {@code aws/lambda/UUID/SHARD/2026/01/31/2026-01-31T12.00.00-UUID}. */
    private String key(FailureNotice notice) {
        return "aws/lambda/%s/%s/%s/%s-%s"
                .formatted(
                        notice.mappingId(),
                        notice.shardId(),
                        DAY.format(notice.timestamp()),
                        SECOND.format(notice.timestamp()),
                        ids.get());
    }
}
