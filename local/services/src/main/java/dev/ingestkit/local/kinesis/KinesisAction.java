package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every action of the Kinesis API, and how far it runs here. The reference page is made from this list. */
public enum KinesisAction {
    ADD_TAGS_TO_STREAM("AddTagsToStream", State.BUILT, "At most 50 tags."),
    CREATE_STREAM("CreateStream", State.BUILT, "ACTIVE at once, unless a settling time is set."),
    DECREASE_STREAM_RETENTION_PERIOD("DecreaseStreamRetentionPeriod", State.BUILT, "Older records go at once."),
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy", State.ACCEPTED, "Kept, never enforced."),
    DELETE_STREAM("DeleteStream", State.BUILT, "Gone at once, unless a settling time is set."),
    DEREGISTER_STREAM_CONSUMER("DeregisterStreamConsumer", State.BUILT, "Its subscriptions end."),
    DESCRIBE_ACCOUNT_SETTINGS("DescribeAccountSettings", State.ACCEPTED, "What UpdateAccountSettings was told."),
    DESCRIBE_LIMITS("DescribeLimits", State.BUILT, "The quotas of us-east-1."),
    DESCRIBE_STREAM("DescribeStream", State.BUILT, "Paged by shard."),
    DESCRIBE_STREAM_CONSUMER("DescribeStreamConsumer", State.BUILT, "By ARN, or by stream and name."),
    DESCRIBE_STREAM_SUMMARY("DescribeStreamSummary", State.BUILT, "All members."),
    DISABLE_ENHANCED_MONITORING("DisableEnhancedMonitoring", State.ACCEPTED, "Kept, no metric is published."),
    ENABLE_ENHANCED_MONITORING("EnableEnhancedMonitoring", State.ACCEPTED, "Kept, no metric is published."),
    GET_RECORDS("GetRecords", State.BUILT, "With shard limits, iterator expiry and child shards."),
    GET_RESOURCE_POLICY("GetResourcePolicy", State.ACCEPTED, "What PutResourcePolicy was told."),
    GET_SHARD_ITERATOR("GetShardIterator", State.BUILT, "All five types."),
    INCREASE_STREAM_RETENTION_PERIOD("IncreaseStreamRetentionPeriod", State.BUILT, "Up to 8,760 hours."),
    LIST_SHARDS("ListShards", State.BUILT, "All filters, paged."),
    LIST_STREAM_CONSUMERS("ListStreamConsumers", State.BUILT, "Paged."),
    LIST_STREAMS("ListStreams", State.BUILT, "Paged by name or token."),
    LIST_TAGS_FOR_RESOURCE("ListTagsForResource", State.BUILT, "Streams and consumers."),
    LIST_TAGS_FOR_STREAM("ListTagsForStream", State.BUILT, "Paged by key."),
    MERGE_SHARDS("MergeShards", State.BUILT, "Adjacent open shards."),
    PUT_RECORD("PutRecord", State.BUILT, "With shard limits and explicit hash keys."),
    PUT_RECORDS("PutRecords", State.BUILT, "500 records and 10 MiB, errors by record."),
    PUT_RESOURCE_POLICY("PutResourcePolicy", State.ACCEPTED, "Kept, never enforced."),
    REGISTER_STREAM_CONSUMER("RegisterStreamConsumer", State.BUILT, "At most 20 for a stream."),
    REMOVE_TAGS_FROM_STREAM("RemoveTagsFromStream", State.BUILT, "Unknown keys are no error."),
    SPLIT_SHARD("SplitShard", State.BUILT, "Provisioned streams."),
    START_STREAM_ENCRYPTION("StartStreamEncryption", State.ACCEPTED, "Echoed; nothing is encrypted in memory."),
    STOP_STREAM_ENCRYPTION("StopStreamEncryption", State.ACCEPTED, "Echoed; nothing was encrypted in memory."),
    SUBSCRIBE_TO_SHARD("SubscribeToShard", State.BUILT, "Event stream of five minutes."),
    TAG_RESOURCE("TagResource", State.BUILT, "Streams and consumers."),
    UNTAG_RESOURCE("UntagResource", State.BUILT, "Streams and consumers."),
    UPDATE_ACCOUNT_SETTINGS("UpdateAccountSettings", State.ACCEPTED, "Kept; nothing is billed."),
    UPDATE_MAX_RECORD_SIZE("UpdateMaxRecordSize", State.BUILT, "1,024 to 10,240 KiB."),
    UPDATE_SHARD_COUNT("UpdateShardCount", State.BUILT, "Uniform scaling, ten times a day."),
    UPDATE_STREAM_MODE("UpdateStreamMode", State.BUILT, "Twice a day."),
    UPDATE_STREAM_WARM_THROUGHPUT("UpdateStreamWarmThroughput", State.ACCEPTED, "Echoed; shards stay as they are.");

    /** How far an action runs. */
    public enum State {
        /** By AWS's rules. */
        BUILT,
        /** Checked, kept and answered, without an effect on the stream. */
        ACCEPTED,
        /** Refused with an error that names it. */
        NOT_BUILT
    }

    private static final Map<String, KinesisAction> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(KinesisAction::actionName, action -> action));
    private static final Set<String> RUNNING = Arrays.stream(values())
            .filter(action -> action.state != State.NOT_BUILT)
            .map(KinesisAction::actionName)
            .collect(Collectors.toUnmodifiableSet());

    private final String actionName;
    private final State state;
    private final String note;

    KinesisAction(String actionName, State state, String note) {
        this.actionName = requireNonNull(actionName);
        this.state = requireNonNull(state);
        this.note = requireNonNull(note);
    }

    /** As in {@code X-Amz-Target}. */
    public String actionName() {
        return actionName;
    }

    public State state() {
        return state;
    }

    /** One line for the reference page. */
    public String note() {
        return note;
    }

    static Optional<KinesisAction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of all that can be called. */
    static Set<String> running() {
        return RUNNING;
    }
}
