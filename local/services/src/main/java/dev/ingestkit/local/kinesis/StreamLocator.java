package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.Constraints;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the stream of a call, by StreamName, StreamARN or StreamId. Thread-safe. */
final class StreamLocator {

    private static final Pattern STREAM_ARN = Pattern.compile("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
    private static final Pattern STREAM_ID = Pattern.compile("[a-z0-9]{20}-[a-z0-9]{3}");

    private final StreamRegistry registry;

    StreamLocator(StreamRegistry registry) {
        this.registry = requireNonNull(registry, "registry");
    }

    /** Returns constraints with the checks of the members that name a stream. */
    Constraints constraints(AwsInput input) {
        return new Constraints()
                .name("StreamName", input.string("StreamName"))
                .pattern("StreamARN", input.string("StreamARN"), STREAM_ARN)
                .length("StreamARN", input.string("StreamARN"), 1, 2048)
                .pattern("StreamId", input.string("StreamId"), STREAM_ID);
    }

    /**
     * Returns the stream of a call.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException if the members name no stream, two streams, or one that
     *     does not exist
     */
    KinesisStream locate(AwsInput input) {
        Optional<String> name = input.string("StreamName");
        Optional<String> arn = input.string("StreamARN");
        Optional<String> id = input.string("StreamId");
        if (name.isEmpty() && arn.isEmpty() && id.isEmpty()) {
            throw KinesisErrors.invalidArgument("Either StreamName or StreamARN must be provided.");
        }
        if (arn.isPresent() && name.isPresent() && !Arn.nameIn(arn.get()).equals(name.get())) {
            throw KinesisErrors.invalidArgument(
                    "StreamName %s and StreamARN %s name different streams.".formatted(name.get(), arn.get()));
        }
        if (arn.isPresent()) {
            return withArn(arn.get());
        }
        return name.map(this::named).orElseGet(() -> withId(id.orElseThrow()));
    }

    /**
     * Returns the stream as {@link #locate} does, for an action that is rejected while it is being created or deleted.
     */
    KinesisStream locateReadable(AwsInput input) {
        KinesisStream stream = locate(input);
        if (stream.status() == StreamStatus.CREATING || stream.status() == StreamStatus.DELETING) {
            throw registry.errors().streamNotFound(stream.name());
        }
        return stream;
    }

    /** Returns whether the stream of a call distributes records by itself, so that they need no partition key. */
    boolean distributesByItself(AwsInput input) {
        return input.string("StreamName")
                .or(() -> input.string("StreamARN").map(Arn::nameIn))
                .flatMap(registry::find)
                .filter(stream -> stream.settings().distribution() == RecordDistribution.AUTO)
                .isPresent();
    }

    /** Returns the stream as {@link #locate} does, for an action that changes it. */
    KinesisStream locateActive(AwsInput input) {
        return active(locate(input));
    }

    KinesisStream active(KinesisStream stream) {
        StreamStatus status = stream.status();
        if (status != StreamStatus.ACTIVE) {
            throw registry.errors().streamNotActive(stream.name(), status);
        }
        return stream;
    }

    KinesisStream named(String name) {
        return registry.find(name).orElseThrow(() -> registry.errors().streamNotFound(name));
    }

    /** Returns the stream that a text names, which may be malformed where the API's pattern is lax. */
    private KinesisStream withArn(String text) {
        return withArn(Arn.tryParse(text).orElseThrow(() -> registry.errors().streamNotFound(text)));
    }

    KinesisStream withArn(Arn arn) {
        return registry.find(arn.resourceName())
                .filter(stream -> stream.identity().arn().equals(arn))
                .orElseThrow(() -> registry.errors().streamNotFound(arn.resourceName()));
    }

    private KinesisStream withId(String id) {
        return registry.all().stream()
                .filter(stream -> stream.identity().id().equals(id) && !stream.isGone())
                .findFirst()
                .orElseThrow(() -> registry.errors().streamNotFound(id));
    }
}
