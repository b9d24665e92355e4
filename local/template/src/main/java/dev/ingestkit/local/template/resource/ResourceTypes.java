package dev.ingestkit.local.template.resource;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.TableSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The known resource types, and a type for unknown ones. */
public final class ResourceTypes {

    private static final Map<String, ResourceType> KNOWN = known();

    private ResourceTypes() {}

    /** Returns the type of a name; for an unknown name, a type that does not run. */
    public static ResourceType of(String name) {
        ResourceType type = KNOWN.get(name);
        return type != null ? type : unknown(name);
    }

    private static final int MAX_BUCKET_NAME = 63;
    private static final int MAX_QUEUE_NAME = 80;

    /** Returns all known types by name. */
    public static List<ResourceType> all() {
        return KNOWN.values().stream()
                .sorted(Comparator.comparing(ResourceType::name))
                .toList();
    }

    static boolean isKnown(String name) {
        return KNOWN.containsKey(name);
    }

    private static Map<String, ResourceType> known() {
        Map<String, ResourceType> types = new HashMap<>();
        Stream.of(
                        dataTypes(),
                        ComputeResourceTypes.all(),
                        ApiResourceTypes.all(),
                        HttpApiResourceTypes.all(),
                        EventResourceTypes.all(),
                        SamResourceTypes.all(),
                        SupportResourceTypes.all())
                .flatMap(List::stream)
                .forEach(type -> types.put(type.name(), type));
        return Map.copyOf(types);
    }

    private static List<ResourceType> dataTypes() {
        return List.of(stream(), consumer(), table(), globalTable(), queue(), bucket(), secret());
    }

    private static ResourceType stream() {
        return ResourceType.run("AWS::Kinesis::Stream")
                .named("Name")
                .properties("ShardCount", "StreamModeDetails", "RetentionPeriodHours", "StreamEncryption", "Tags")
                .properties("DesiredShardLevelMetrics", "MaxRecordSizeInKiB", "WarmThroughputMiBps")
                .attribute("Arn", identity -> identity.arn("kinesis", "stream/" + identity.name()))
                .attribute("WarmThroughputObject", Identity::name);
    }

    private static ResourceType consumer() {
        return ResourceType.run("AWS::Kinesis::StreamConsumer")
                .named("ConsumerName")
                .properties("StreamARN", "Tags")
                .reference(ResourceTypes::consumerArn)
                .attribute("ConsumerARN", ResourceTypes::consumerArn)
                .attribute("ConsumerName", Identity::name)
                .attribute("ConsumerStatus", identity -> "ACTIVE")
                .attribute(
                        "StreamARN",
                        identity -> identity.property().apply("StreamARN").orElse(""));
    }

    /**
     * Returns an ARN whose last part, on AWS the time of creation, is the same at every start: references contain it.
     */
    private static String consumerArn(Identity identity) {
        String stream = identity.property().apply("StreamARN").orElse("");
        return "%s/consumer/%s:1767225600".formatted(stream, identity.name());
    }

    private static ResourceType bucket() {
        return ResourceType.run("AWS::S3::Bucket")
                .named("BucketName")
                .unnamedAs(identity -> identity.names()
                        .physicalName(identity.logicalId(), MAX_BUCKET_NAME)
                        .toLowerCase(Locale.ROOT))
                .properties("BucketEncryption", "PublicAccessBlockConfiguration", "OwnershipControls", "AccessControl")
                .properties("LifecycleConfiguration", "MetricsConfigurations", "LoggingConfiguration", "Tags")
                .attribute(
                        "Arn",
                        identity -> "arn:%s:s3:::%s".formatted(identity.names().partition(), identity.name()))
                .attribute(
                        "DomainName",
                        identity -> identity.name() + ".s3." + identity.names().urlSuffix())
                .attribute(
                        "RegionalDomainName",
                        identity -> "%s.s3.%s.%s"
                                .formatted(
                                        identity.name(),
                                        identity.names().region(),
                                        identity.names().urlSuffix()));
    }

    private static ResourceType table() {
        return ResourceType.run("AWS::DynamoDB::Table")
                .named("TableName")
                .properties("AttributeDefinitions", "KeySchema", "BillingMode", "ProvisionedThroughput")
                .properties("GlobalSecondaryIndexes", "LocalSecondaryIndexes", "StreamSpecification")
                .properties("TimeToLiveSpecification", "SSESpecification", "PointInTimeRecoverySpecification", "Tags")
                .properties("TableClass", "DeletionProtectionEnabled", "ContributorInsightsSpecification")
                .properties("OnDemandThroughput", "WarmThroughput", "ResourcePolicy")
                .attribute("Arn", ResourceTypes::tableArn)
                .attribute("StreamArn", ResourceTypes::tableStreamArn);
    }

    /** A table with replicas in other regions, of which a local run has none. */
    private static ResourceType globalTable() {
        return ResourceType.run("AWS::DynamoDB::GlobalTable")
                .named("TableName")
                .properties("AttributeDefinitions", "KeySchema", "BillingMode", "Replicas")
                .properties("GlobalSecondaryIndexes", "LocalSecondaryIndexes", "StreamSpecification")
                .properties("TimeToLiveSpecification", "SSESpecification", "WarmThroughput")
                .properties("WriteProvisionedThroughputSettings", "WriteOnDemandThroughputSettings")
                .properties("ReadProvisionedThroughputSettings", "ReadOnDemandThroughputSettings")
                .properties("MultiRegionConsistency", "GlobalTableWitnesses", "GlobalTableSettingsReplicationMode")
                .attribute("Arn", ResourceTypes::tableArn)
                .attribute("StreamArn", ResourceTypes::tableStreamArn);
    }

    private static String tableArn(Identity identity) {
        return identity.arn("dynamodb", "table/" + identity.name());
    }

    private static String tableStreamArn(Identity identity) {
        return TableSpec.streamArn(Arn.parse(tableArn(identity))).toString();
    }

    private static ResourceType queue() {
        return ResourceType.run("AWS::SQS::Queue")
                .named("QueueName")
                .unnamedAs(identity -> {
                    boolean fifo = identity.property()
                            .apply("FifoQueue")
                            .filter("true"::equalsIgnoreCase)
                            .isPresent();
                    String end = fifo ? ".fifo" : "";
                    return identity.names().physicalName(identity.logicalId(), MAX_QUEUE_NAME - end.length()) + end;
                })
                .properties("DelaySeconds", "MaximumMessageSize", "MessageRetentionPeriod", "VisibilityTimeout")
                .properties("ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "RedriveAllowPolicy", "Tags")
                .properties("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")
                .properties("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled")
                .reference(ResourceTypes::queueUrl)
                .attribute("Arn", identity -> identity.arn("sqs", identity.name()))
                .attribute("QueueName", Identity::name)
                .attribute("QueueUrl", ResourceTypes::queueUrl);
    }

    private static String queueUrl(Identity identity) {
        RuntimeNames names = identity.names();
        String endpoint = names.endpoint().toString().replaceFirst("/+$", "");
        return "%s/queue/%s/%s/%s".formatted(endpoint, names.region(), names.accountId(), identity.name());
    }

    private static ResourceType secret() {
        return ResourceType.run("AWS::SecretsManager::Secret")
                .named("Name")
                .properties("Description", "SecretString", "GenerateSecretString", "KmsKeyId", "Tags")
                .properties("ReplicaRegions", "Type")
                .reference(ResourceTypes::secretArn)
                .attribute("Id", ResourceTypes::secretArn);
    }

    private static String secretArn(Identity identity) {
        return identity.arn("secretsmanager", "secret:%s-%s".formatted(identity.name(), identity.unique(6)));
    }

    /**
     * Returns a type whose references have values in AWS's usual format, so that the rest of the template can be
     * resolved.
     */
    private static ResourceType unknown(String name) {
        return ResourceType.notRun(name)
                .attribute("Arn", identity -> identity.arn(MadeUp.service(name), identity.name()));
    }
}
