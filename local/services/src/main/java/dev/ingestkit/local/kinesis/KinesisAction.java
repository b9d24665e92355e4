package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions of the Kinesis API and how far the runtime supports them. The reference page is generated from this list.
 */
public enum KinesisAction {
    ADD_TAGS_TO_STREAM("AddTagsToStream", State.SUPPORTED, "At most 50 tags."),
    CREATE_CHANNEL("CreateChannel", State.UNSUPPORTED, "Channels deliver to other services."),
    CREATE_STREAM("CreateStream", State.SUPPORTED, "ACTIVE at once unless a settling time is set."),
    DECREASE_STREAM_RETENTION_PERIOD(
            "DecreaseStreamRetentionPeriod", State.SUPPORTED, "Older records are dropped at once."),
    DELETE_CHANNEL("DeleteChannel", State.UNSUPPORTED, "Channels deliver to other services."),
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy", State.ACCEPTED, "Stored, never enforced."),
    DELETE_STREAM("DeleteStream", State.SUPPORTED, "Deleted at once unless a settling time is set."),
    DEREGISTER_STREAM_CONSUMER("DeregisterStreamConsumer", State.SUPPORTED, "Its subscriptions end."),
    DESCRIBE_ACCOUNT_SETTINGS(
            "DescribeAccountSettings", State.ACCEPTED, "The settings stored by UpdateAccountSettings."),
    DESCRIBE_CHANNEL("DescribeChannel", State.UNSUPPORTED, "Channels deliver to other services."),
    DESCRIBE_LIMITS("DescribeLimits", State.SUPPORTED, "The quotas of us-east-1."),
    DESCRIBE_STREAM("DescribeStream", State.SUPPORTED, "Paged by shard."),
    DESCRIBE_STREAM_CONSUMER("DescribeStreamConsumer", State.SUPPORTED, "By ARN, or by stream and name."),
    DESCRIBE_STREAM_SUMMARY("DescribeStreamSummary", State.SUPPORTED, "All members."),
    DISABLE_ENHANCED_MONITORING("DisableEnhancedMonitoring", State.ACCEPTED, "Stored; no metric is published."),
    ENABLE_ENHANCED_MONITORING("EnableEnhancedMonitoring", State.ACCEPTED, "Stored; no metric is published."),
    GET_RECORDS("GetRecords", State.SUPPORTED, "With shard limits, iterator expiry and child shards."),
    GET_RESOURCE_POLICY("GetResourcePolicy", State.ACCEPTED, "The policy stored by PutResourcePolicy."),
    GET_SHARD_ITERATOR("GetShardIterator", State.SUPPORTED, "All five types."),
    INCREASE_STREAM_RETENTION_PERIOD("IncreaseStreamRetentionPeriod", State.SUPPORTED, "Up to 8,760 hours."),
    LIST_CHANNELS("ListChannels", State.UNSUPPORTED, "Channels deliver to other services."),
    LIST_SHARDS("ListShards", State.SUPPORTED, "All filters, paged."),
    LIST_STREAM_CONSUMERS("ListStreamConsumers", State.SUPPORTED, "Paged."),
    LIST_STREAMS("ListStreams", State.SUPPORTED, "Paged by name or token."),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", State.SUPPORTED, "Streams and consumers."),
    LIST_TAGS_FOR_STREAM("ListTagsForStream", State.SUPPORTED, "Paged by key."),
    MERGE_SHARDS("MergeShards", State.SUPPORTED, "Adjacent open shards."),
    PUT_RECORD("PutRecord", State.SUPPORTED, "With shard limits and explicit hash keys."),
    PUT_RECORDS("PutRecords", State.SUPPORTED, "Up to 500 records and 10 MiB; errors per record."),
    PUT_RESOURCE_POLICY("PutResourcePolicy", State.ACCEPTED, "Stored, never enforced."),
    REGISTER_STREAM_CONSUMER("RegisterStreamConsumer", State.SUPPORTED, "At most 20 per stream."),
    REMOVE_TAGS_FROM_STREAM("RemoveTagsFromStream", State.SUPPORTED, "Unknown keys are ignored."),
    SPLIT_SHARD("SplitShard", State.SUPPORTED, "Provisioned streams."),
    START_STREAM_ENCRYPTION("StartStreamEncryption", State.ACCEPTED, "Echoed; nothing is encrypted in memory."),
    STOP_STREAM_ENCRYPTION("StopStreamEncryption", State.ACCEPTED, "Echoed; nothing was encrypted in memory."),
    SUBSCRIBE_TO_SHARD("SubscribeToShard", State.SUPPORTED, "An event stream that lasts five minutes."),
    TAG_RESOURCE("TagResource", State.SUPPORTED, "Streams and consumers."),
    UNTAG_RESOURCE("UntagResource", State.SUPPORTED, "Streams and consumers."),
    UPDATE_ACCOUNT_SETTINGS("UpdateAccountSettings", State.ACCEPTED, "Stored; nothing is billed."),
    UPDATE_CHANNEL("UpdateChannel", State.UNSUPPORTED, "Channels deliver to other services."),
    UPDATE_MAX_RECORD_SIZE("UpdateMaxRecordSize", State.SUPPORTED, "1,024 to 10,240 KiB."),
    UPDATE_SHARD_COUNT("UpdateShardCount", State.SUPPORTED, "Uniform scaling, at most ten times a day."),
    UPDATE_STREAM_MODE("UpdateStreamMode", State.SUPPORTED, "At most twice a day."),
    UPDATE_STREAM_RECORD_DISTRIBUTION_STRATEGY(
            "UpdateStreamRecordDistributionStrategy",
            State.SUPPORTED,
            "AUTO rotates over the shards, whatever the keys."),
    UPDATE_STREAM_WARM_THROUGHPUT("UpdateStreamWarmThroughput", State.ACCEPTED, "Echoed; shards do not change.");

    /** The degree of support. */
    public enum State {
        /** Runs by AWS's rules. */
        SUPPORTED,
        /** Validated, stored and answered, without effect on the stream. */
        ACCEPTED,
        /** Rejected with an error that names the action. */
        UNSUPPORTED
    }

    private static final Map<String, KinesisAction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(KinesisAction::actionName, action -> action));
    private static final Set<String> RUNNING = Arrays.stream(values())
            .filter(action -> action.state != State.UNSUPPORTED)
            .map(KinesisAction::actionName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> WITHOUT_RESULT = Set.of(
            "AddTagsToStream",
            "CreateStream",
            "DecreaseStreamRetentionPeriod",
            "DeleteResourcePolicy",
            "DeleteStream",
            "DeregisterStreamConsumer",
            "IncreaseStreamRetentionPeriod",
            "MergeShards",
            "PutResourcePolicy",
            "RemoveTagsFromStream",
            "SplitShard",
            "StartStreamEncryption",
            "StopStreamEncryption",
            "TagResource",
            "UntagResource",
            "UpdateMaxRecordSize",
            "UpdateStreamMode",
            "UpdateStreamRecordDistributionStrategy");

    private final String actionName;
    private final State state;
    private final String note;

    KinesisAction(String actionName, State state, String note) {
        this.actionName = requireNonNull(actionName);
        this.state = requireNonNull(state);
        this.note = requireNonNull(note);
    }

    /** Returns the names of the actions without a result. */
    static Set<String> withoutResult() {
        return WITHOUT_RESULT;
    }

    /** Returns the name as in {@code X-Amz-Target}. */
    public String actionName() {
        return actionName;
    }

    /** Returns the degree of support. */
    public State state() {
        return state;
    }

    /** Returns whether the action changes neither streams nor their settings. */
    boolean reads() {
        return actionName.startsWith("Get")
                || actionName.startsWith("Describe")
                || actionName.startsWith("List")
                || this == SUBSCRIBE_TO_SHARD;
    }

    /** Returns the note on the reference page. */
    public String note() {
        return note;
    }

    static Optional<KinesisAction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Returns the names of the actions that can be called. */
    static Set<String> running() {
        return RUNNING;
    }
}
