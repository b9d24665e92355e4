package dev.ingestkit.local.wiring;

import static dev.ingestkit.local.wiring.Refusals.located;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.dynamodb.DynamoDbService;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.inprocess.SecretInputs;
import dev.ingestkit.local.inprocess.StackResources;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamMode;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.s3.S3Service;
import dev.ingestkit.local.secrets.SecretsService;
import dev.ingestkit.local.sqs.SqsService;
import dev.ingestkit.local.template.spec.BucketSpec;
import dev.ingestkit.local.template.spec.ConsumerSpec;
import dev.ingestkit.local.template.spec.QueueSpec;
import dev.ingestkit.local.template.spec.RotationSpec;
import dev.ingestkit.local.template.spec.SecretSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.StreamSpec;
import dev.ingestkit.local.template.spec.TableSpec;
import java.util.Comparator;
import java.util.List;

/**
 * Creates a template's streams, queues, buckets, secrets and tables, or keeps those that a data directory has and
 * applies the template's changes. Used by one thread at the start of a runtime.
 */
record StackData(
        StackResources resources,
        KinesisService kinesis,
        SqsService sqs,
        S3Service s3,
        SecretsService secrets,
        DynamoDbService dynamoDb) {

    void create(Stack stack) {
        stack.data().streams().forEach(located(stack, StreamSpec::logicalId, this::stream));
        stack.data().consumers().forEach(located(stack, ConsumerSpec::logicalId, this::consumer));
        stack.data().queues().stream()
                .sorted(Comparator.comparing(QueueSpec::hasDeadLetterQueue))
                .forEach(located(stack, QueueSpec::logicalId, this::queue));
        stack.data().buckets().forEach(located(stack, BucketSpec::logicalId, this::bucket));
        stack.data().secrets().forEach(located(stack, SecretSpec::logicalId, this::secret));
    }

    void createTables(Stack stack) {
        stack.data().tables().forEach(located(stack, TableSpec::logicalId, this::table));
    }

    void rotate(Stack stack) {
        stack.data().rotations().forEach(located(stack, RotationSpec::logicalId, this::rotation));
    }

    /** Returns what became of the resources of an earlier run. */
    List<String> changes() {
        return resources.finish();
    }

    private void stream(StreamSpec spec) {
        StreamSpecification wanted = specification(spec);
        ObjectNode properties = object().put("mode", wanted.mode().name())
                .put("shards", wanted.shardCount())
                .put("retentionHours", wanted.retentionHours())
                .put("kmsKeyId", wanted.keyId())
                .put("maxRecordSizeKiB", wanted.maxRecordKiB());
        properties.set("tags", Json.mapper().valueToTree(wanted.tags()));
        resources.resource(
                "stream",
                spec.name(),
                properties,
                kinesis.stream(spec.name()).isPresent(),
                () -> kinesis.createStream(wanted),
                (before, now) ->
                        kinesis.updateStream(wanted, !before.path("shards").equals(now.path("shards"))));
    }

    private static StreamSpecification specification(StreamSpec spec) {
        return new StreamSpecification(
                spec.name(),
                spec.onDemand() ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED,
                spec.onDemand() ? StreamSpecification.ON_DEMAND_SHARDS : spec.shards(),
                spec.retentionHours(),
                spec.kmsKeyId().orElse(null),
                spec.maxRecordSizeKibibytes(),
                spec.tags());
    }

    private void consumer(ConsumerSpec spec) {
        resources.resource(
                "consumer",
                spec.arn().toString(),
                object(),
                kinesis.stream(spec.arn()).isPresent(),
                () -> kinesis.registerConsumer(spec.arn(), spec.tags()),
                (before, now) -> {});
    }

    private void queue(QueueSpec spec) {
        resources.resource(
                "queue",
                spec.name(),
                spec.properties(),
                sqs.url(spec.arn()).isPresent(),
                () -> sqs.createFromTemplate(spec.name(), spec.properties()),
                (before, now) -> sqs.updateFromTemplate(spec.arn(), before, now));
    }

    private void bucket(BucketSpec spec) {
        resources.resource(
                "bucket",
                spec.name(),
                object(),
                s3.hasBucket(spec.name()),
                () -> s3.createBucket(spec.name()),
                (before, now) -> {});
    }

    private void secret(SecretSpec spec) {
        ObjectNode properties = SecretInputs.properties(spec);
        resources.resource(
                "secret",
                spec.name(),
                properties,
                secrets.exists(spec.arn()),
                () -> secrets.createFromTemplate(spec.name(), spec.arn(), properties),
                (before, now) -> secrets.updateFromTemplate(spec.arn(), before, now));
    }

    private void rotation(RotationSpec spec) {
        ObjectNode input = SecretInputs.rotateSecret(spec);
        resources.resource(
                "rotation",
                spec.logicalId(),
                input,
                secrets.isRotated(spec.secretId()),
                () -> secrets.rotateFromTemplate(input),
                (before, now) -> secrets.rotateFromTemplate(now));
    }

    private void table(TableSpec spec) {
        JsonNode properties = properties(spec);
        resources.resource(
                "table",
                spec.name(),
                properties,
                dynamoDb.hasTable(spec.name()),
                () -> dynamoDb.createTable(spec.name(), properties, TableSpec.STREAM_LABEL),
                (before, now) -> dynamoDb.updateTable(spec.name(), before, now, TableSpec.STREAM_LABEL));
    }

    private static JsonNode properties(TableSpec spec) {
        ObjectNode properties = spec.createTable().deepCopy();
        spec.timeToLiveAttribute()
                .ifPresent(attribute -> properties
                        .putObject("TimeToLiveSpecification")
                        .put("AttributeName", attribute)
                        .put("Enabled", true));
        return properties;
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }
}
