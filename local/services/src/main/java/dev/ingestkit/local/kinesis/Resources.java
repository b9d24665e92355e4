package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the resource of a ResourceARN: a stream, or one of its consumers. Thread-safe. */
final class Resources {

    static final Pattern CONSUMER_ARN = Pattern.compile(
            "^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+");
    private static final Pattern RESOURCE_ARN = Pattern.compile("arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+");
    private static final String CONSUMER_PART = "/consumer/";

    private final StreamLocator locator;
    private final KinesisErrors errors;

    Resources(StreamLocator locator, KinesisErrors errors) {
        this.locator = requireNonNull(locator, "locator");
        this.errors = requireNonNull(errors, "errors");
    }

    /** A stream, and the consumer if the ARN is a consumer's. */
    record Resource(KinesisStream stream, Optional<Consumers.Consumer> consumer) {

        Arn arn() {
            return consumer.map(Consumers.Consumer::arn)
                    .orElse(stream.identity().arn());
        }
    }

    Resource locate(AwsInput input) {
        Optional<String> arn = input.string("ResourceARN");
        new Constraints()
                .required("ResourceARN", arn.isPresent())
                .pattern("ResourceARN", arn, RESOURCE_ARN)
                .length("ResourceARN", arn, 1, 2048)
                .check();
        return withArn(arn.orElseThrow());
    }

    /** Returns the resource that a text names, which may be malformed where the API's pattern is lax. */
    Resource withArn(String text) {
        return withArn(Arn.tryParse(text).orElseThrow(() -> errors.streamNotFound(text)));
    }

    Resource withArn(Arn arn) {
        Arn streamArn = streamArn(arn);
        KinesisStream stream = locator.withArn(streamArn);
        if (streamArn.equals(arn)) {
            return new Resource(stream, Optional.empty());
        }
        Consumers.Consumer consumer =
                stream.consumers().withArn(arn).orElseThrow(() -> consumerNotFound(arn.toString()));
        return new Resource(stream, Optional.of(consumer));
    }

    /** Returns the ARN of a consumer's stream; the ARN of a stream itself. */
    static Arn streamArn(Arn arn) {
        int end = arn.resource().indexOf(CONSUMER_PART);
        return end < 0 ? arn : arn.withResource(arn.resource().substring(0, end));
    }

    RuntimeException consumerNotFound(String name) {
        return KinesisErrors.notFound("Consumer %s under account %s not found.".formatted(name, errors.account()));
    }
}
