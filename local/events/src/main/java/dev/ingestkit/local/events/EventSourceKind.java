package dev.ingestkit.local.events;

import java.util.Optional;

/** The services whose records an event source mapping delivers. */
public enum EventSourceKind {
    /** A Kinesis stream, or a consumer of one with enhanced fan-out. */
    KINESIS,
    /** The stream of a DynamoDB table's changes. */
    DYNAMODB;

    private static final String STREAM = "/stream/";

    /** Returns the kind of the source that an ARN names; empty for an ARN that names none of them. */
    public static Optional<EventSourceKind> of(String arn) {
        return Arn.tryParse(arn).flatMap(parsed -> switch (parsed.service()) {
            case "kinesis" ->
                parsed.resourceType().equals("stream") ? Optional.of(KINESIS) : Optional.<EventSourceKind>empty();
            case "dynamodb" ->
                parsed.resourceType().equals("table")
                                && parsed.resource().indexOf(STREAM) > 0
                                && !parsed.resource().endsWith(STREAM)
                        ? Optional.of(DYNAMODB)
                        : Optional.<EventSourceKind>empty();
            default -> Optional.<EventSourceKind>empty();
        });
    }

    /**
     * Returns the name of the source that an ARN of this kind names: the Kinesis stream's, also where a consumer is the
     * source, or the DynamoDB table's.
     */
    public String nameIn(String arn) {
        String name = Arn.parse(arn).resourceName();
        int end = name.indexOf('/');
        return end < 0 ? name : name.substring(0, end);
    }
}
