package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

/**
 * A resource of a stack, as CloudFormation lists it. Immutable.
 *
 * @param logicalId the name in the template
 * @param type the type: {@code AWS::Kinesis::Stream}
 * @param physicalId the name, URL, ARN or id at the target; empty while there is none
 */
public record StackPart(String logicalId, String type, String physicalId) {

    public StackPart {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(type, "type");
        requireNonNull(physicalId, "physicalId");
    }

    /** Returns the resource's own name: the last part of a queue's URL, otherwise the physical id. */
    public String name() {
        return ResourceKind.QUEUE.includes(type) ? physicalId.substring(physicalId.lastIndexOf('/') + 1) : physicalId;
    }

    /** Returns whether a word is one of the resource's whole names. */
    boolean isCalled(String wanted) {
        return wanted.equals(logicalId) || wanted.equals(physicalId) || wanted.equals(name());
    }
}
