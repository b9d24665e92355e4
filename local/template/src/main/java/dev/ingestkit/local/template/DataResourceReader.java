package dev.ingestkit.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Tags;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.BucketSpec;
import dev.ingestkit.local.template.spec.ConsumerSpec;
import dev.ingestkit.local.template.spec.QueueSpec;
import dev.ingestkit.local.template.spec.RotationSpec;
import dev.ingestkit.local.template.spec.SecretSpec;
import dev.ingestkit.local.template.spec.StreamSpec;
import dev.ingestkit.local.template.spec.TableSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads streams and their consumers, tables, queues, buckets, secrets and their rotation. */
final class DataResourceReader {

    private static final int ON_DEMAND_SHARDS = 4;
    private static final List<String> TABLE_INPUT = List.of(
            "AttributeDefinitions",
            "KeySchema",
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "TableClass",
            "DeletionProtectionEnabled");
    private static final List<String> QUEUE_ATTRIBUTES = List.of(
            "DelaySeconds",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "VisibilityTimeout",
            "ReceiveMessageWaitTimeSeconds",
            "FifoQueue",
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds",
            "SqsManagedSseEnabled");

    private static final List<String> GENERATOR_FLAGS = List.of(
            "ExcludeLowercase",
            "ExcludeUppercase",
            "ExcludeNumbers",
            "ExcludePunctuation",
            "IncludeSpace",
            "RequireEachIncludedType");

    private DataResourceReader() {}

    private static final List<String> VIEW_TYPES = List.of("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY");

    static StreamSpec stream(Resource resource) {
        Properties properties = resource.properties();
        boolean onDemand = properties
                .object("StreamModeDetails")
                .flatMap(mode -> mode.oneOf("StreamMode", List.of("PROVISIONED", "ON_DEMAND")))
                .filter("ON_DEMAND"::equals)
                .isPresent();
        Optional<Integer> shards = properties.integer("ShardCount", 1, 10_000);
        if (onDemand && shards.isPresent()) {
            throw TemplateException.at(
                    properties.node("ShardCount").orElseThrow().at(),
                    "ShardCount cannot be given for an ON_DEMAND stream");
        }
        return new StreamSpec(
                resource.identity(),
                onDemand,
                shards.orElse(onDemand ? ON_DEMAND_SHARDS : 1),
                properties.integer("RetentionPeriodHours", 24, 8_760).orElse(24),
                properties.object("StreamEncryption").flatMap(encryption -> encryption.text("KeyId")),
                properties.integer("MaxRecordSizeInKiB", 1_024, 10_240).orElse(1_024),
                tags(properties));
    }

    static TableSpec table(Resource resource) {
        Properties properties = resource.properties();
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("TableName", resource.name());
        for (String name : TABLE_INPUT) {
            properties.json(name).ifPresent(value -> input.set(name, value));
        }
        // CloudFormation has no such property, but the API requires the flag.
        properties
                .object("StreamSpecification")
                .ifPresent(stream -> input.putObject("StreamSpecification")
                        .put("StreamEnabled", true)
                        .put(
                                "StreamViewType",
                                stream.oneOf("StreamViewType", VIEW_TYPES)
                                        .orElseThrow(() -> stream.missing("StreamViewType"))));
        if (!input.has("KeySchema")) {
            throw properties.missing("KeySchema");
        }
        numbers(input);
        Optional<String> timeToLive = properties
                .object("TimeToLiveSpecification")
                .filter(setting -> setting.flag("Enabled").orElse(false))
                .map(setting -> setting.requiredText("AttributeName"));
        return new TableSpec(resource.identity(), input, timeToLive);
    }

    /** Returns the replica of this region. Its capacity scales on AWS; here the table is on demand. */
    static TableSpec globalTable(Resource resource) {
        TableSpec table = table(resource);
        ObjectNode input = table.createTable().deepCopy();
        input.put("BillingMode", "PAY_PER_REQUEST");
        return new TableSpec(table.identity(), input, table.timeToLiveAttribute());
    }

    /** Converts numbers and flags that a parameter made a text in the template: the API accepts no text for them. */
    private static void numbers(ObjectNode input) {
        for (JsonNode throughput : input.findValues("ProvisionedThroughput")) {
            if (throughput instanceof ObjectNode units) {
                units.properties()
                        .forEach(unit -> unit.setValue(JsonNodeFactory.instance.numberNode(
                                unit.getValue().asLong())));
            }
        }
        if (input.has("DeletionProtectionEnabled")) {
            input.put(
                    "DeletionProtectionEnabled",
                    input.get("DeletionProtectionEnabled").asBoolean());
        }
    }

    static QueueSpec queue(Resource resource) {
        Properties properties = resource.properties();
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("QueueName", resource.name());
        for (String name : QUEUE_ATTRIBUTES) {
            properties.text(name).ifPresent(value -> input.put(name, value));
        }
        for (String policy : List.of("RedrivePolicy", "RedriveAllowPolicy")) {
            properties
                    .json(policy)
                    .ifPresent(value -> input.put(policy, value.isTextual() ? value.textValue() : value.toString()));
        }
        putTags(input, properties);
        return new QueueSpec(resource.identity(), resource.physicalId(), input);
    }

    private static void putTags(ObjectNode input, Properties properties) {
        tags(properties)
                .forEach((key, value) ->
                        input.withArray("Tags").addObject().put("Key", key).put("Value", value));
    }

    static @Nullable RotationSpec rotation(Resource resource, ResourceReader views) {
        Properties properties = resource.properties();
        Optional<String> function = properties.text("RotationLambdaARN");
        if (function.isEmpty()) {
            views.warn(
                    resource.declared().at(),
                    "the rotation of %s is not run: it has no RotationLambdaARN".formatted(resource.logicalId()));
            return null;
        }
        Arn arn = Arn.tryParse(function.get())
                .orElseThrow(() -> TemplateException.at(
                        properties.at(), "RotationLambdaARN must be an ARN, found %s", function.get()));
        return new RotationSpec(
                resource.logicalId(),
                properties.requiredText("SecretId"),
                arn,
                properties.flag("RotateImmediatelyOnUpdate").orElse(true),
                properties.object("RotationRules").map(DataResourceReader::rules));
    }

    private static RotationSpec.Rules rules(Properties rules) {
        return new RotationSpec.Rules(
                rules.integer("AutomaticallyAfterDays", 1, 1_000)
                        .map(OptionalInt::of)
                        .orElseGet(OptionalInt::empty),
                rules.text("ScheduleExpression"),
                rules.text("Duration"));
    }

    static BucketSpec bucket(Resource resource) {
        return new BucketSpec(resource.identity());
    }

    static ConsumerSpec consumer(Resource resource) {
        Properties properties = resource.properties();
        properties.requiredText("StreamARN");
        return new ConsumerSpec(resource.logicalId(), resource.physicalArn(), tags(properties));
    }

    static SecretSpec secret(Resource resource) {
        Properties properties = resource.properties();
        Optional<Properties> generator = properties.object("GenerateSecretString");
        if (generator.isPresent() && properties.node("SecretString").isPresent()) {
            throw TemplateException.at(properties.at(), "SecretString and GenerateSecretString cannot both be given");
        }
        Optional<SecretSpec.Value> value = generator
                .<SecretSpec.Value>map(DataResourceReader::generated)
                .or(() -> properties.text("SecretString").map(SecretSpec.Given::new));
        return new SecretSpec(
                resource.identity(resource.physicalId()),
                value,
                properties.text("Description").orElse(""),
                properties.text("KmsKeyId"),
                tags(properties));
    }

    private static SecretSpec.Generated generated(Properties generate) {
        Optional<String> template = generate.text("SecretStringTemplate");
        Optional<String> key = generate.text("GenerateStringKey");
        if (template.isPresent() != key.isPresent()) {
            throw TemplateException.at(
                    generate.at(), "SecretStringTemplate and GenerateStringKey are given together or not at all");
        }
        Map<String, Boolean> flags = new HashMap<>();
        for (String flag : GENERATOR_FLAGS) {
            flags.put(flag, generate.flag(flag).orElse(flag.equals("RequireEachIncludedType")));
        }
        return new SecretSpec.Generated(
                generate.integer("PasswordLength", 1, 4_096).orElse(32),
                generate.text("ExcludeCharacters").orElse(""),
                flags,
                template.flatMap(text -> key.map(member -> new SecretSpec.Target(text, member))));
    }

    static Map<String, String> tags(Properties properties) {
        return properties.node("Tags").map(Tags::of).orElse(Map.of());
    }
}
