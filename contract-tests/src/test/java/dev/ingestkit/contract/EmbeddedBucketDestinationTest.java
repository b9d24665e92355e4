package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import dev.ingestkit.testkit.PutEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Covers features that only this test's template uses: a consumer as the source, a bucket as the on-failure
 * destination, a rotation schedule.
 */
@IngestTest(template = "src/test/resources/failing-bucket.yaml")
final class EmbeddedBucketDestinationTest {

    @Test
    void aBatchThatExhaustsItsRetriesEndsInTheBucketWithItsPayload(IngestPipeline pipeline, S3Client objects)
            throws IOException {
        pipeline.put("Stream", "key", "good");
        PutEvent put = pipeline.put("Stream", "key", "poison with payload");
        pipeline.await(put).deadLettered();

        S3Object found = objects.listObjectsV2(list -> list.bucket(pipeline.name("Bucket")))
                .contents()
                .get(0);

        assertThat(found.key())
                .matches("aws/lambda/[0-9a-f-]{36}/shardId-000000000000/\\d{4}/\\d\\d/\\d\\d"
                        + "/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}");
        JsonNode deadLetter = new ObjectMapper()
                .readTree(objects.getObjectAsBytes(
                                get -> get.bucket(pipeline.name("Bucket")).key(found.key()))
                        .asByteArray());
        assertThat(deadLetter.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(deadLetter.at("/KinesisBatchInfo/startSequenceNumber").asText())
                .isEqualTo(put.sequenceNumber());
        assertThat(deadLetter.at("/payload/Records")).hasSize(1);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(deadLetter
                                        .at("/payload/Records/0/kinesis/data")
                                        .asText()),
                        StandardCharsets.UTF_8))
                .isEqualTo("poison with payload");
        assertThat(deadLetter.at("/payload/Records/0/eventSourceARN").asText())
                .isEqualTo(pipeline.outputs().get("ConsumerArn"));
    }

    @Test
    void aSecondMappingOfTheSameSourceAndFunctionIsRefused(LambdaClient lambda) {
        EventSourceMappingConfiguration first =
                lambda.listEventSourceMappings(list -> {}).eventSourceMappings().get(0);

        assertThatThrownBy(() -> lambda.createEventSourceMapping(create -> create.functionName(first.functionArn())
                        .eventSourceArn(first.eventSourceArn())
                        .startingPosition(EventSourcePosition.LATEST)))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("delete the existing mapping with UUID " + first.uuid());
    }

    @Test
    void unsupportedDestinationsAreRefusedByName(LambdaClient lambda) {
        EventSourceMappingConfiguration mapping =
                lambda.listEventSourceMappings(list -> {}).eventSourceMappings().get(0);

        assertThatThrownBy(() -> lambda.updateEventSourceMapping(update -> update.uuid(mapping.uuid())
                        .destinationConfig(to -> to.onFailure(failure ->
                                failure.destination("arn:aws:lambda:us-east-1:000000000000:function:alarms")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("SQS queues, SNS topics and S3 buckets only, not to"
                        + " arn:aws:lambda:us-east-1:000000000000:function:alarms");
    }

    @Test
    void theTemplatesRotationScheduleTakesEffect(IngestPipeline pipeline, SecretsManagerClient secrets) {
        var secret = secrets.describeSecret(
                describe -> describe.secretId(pipeline.outputs().get("SecretArn")));

        assertThat(secret.rotationEnabled()).isTrue();
        assertThat(secret.rotationLambdaARN()).contains(":function:");
        assertThat(secret.nextRotationDate()).isAfter(secret.createdDate().plus(Duration.ofDays(9)));
        assertThat(secret.versionIdsToStages().values())
                .as("the first rotation has started; this function does not complete it")
                .contains(List.of("AWSPENDING"));
    }

    @Test
    void theConsumerIsTheMappingsSource(IngestPipeline pipeline, LambdaClient lambda, KinesisClient kinesis) {
        EventSourceMappingConfiguration mapping = lambda.listEventSourceMappings(
                        list -> list.eventSourceArn(pipeline.outputs().get("ConsumerArn")))
                .eventSourceMappings()
                .get(0);

        assertThat(mapping.eventSourceArn()).contains(":stream/").contains("/consumer/poison:");
        assertThat(kinesis.describeStreamConsumer(describe -> describe.consumerARN(mapping.eventSourceArn()))
                        .consumerDescription()
                        .consumerName())
                .isEqualTo("poison");
    }
}
