package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Map;

/**
 * A consumer of a Kinesis stream with enhanced fan-out, to be registered.
 *
 * @param arn {@code STREAM_ARN/consumer/NAME:TIME}
 */
public record ConsumerSpec(String logicalId, Arn arn, Map<String, String> tags) {

    public ConsumerSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(arn, "arn");
        tags = Map.copyOf(tags);
    }
}
