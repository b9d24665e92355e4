package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Covers features that only this test's template uses: a consumer as the source, a bucket as the on-failure
 * destination, a rotation schedule.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedBucketDestinationTest {

    private LocalRuntime runtime;
    private AwsClients clients;
    private S3Client objects;
    private FailingPipeline failing;
    private Map<String, String> outputs;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("failing-bucket.yaml");
        try (InputStream text = getClass().getResourceAsStream("/failing-bucket.yaml")) {
            Files.copy(requireNonNull(text, "failing-bucket.yaml"), template);
        }
        Files.write(folder.resolve("poison.jar"), FunctionArchive.of(PoisonFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        outputs = runtime.outputs();
        clients = new AwsClients(EmbeddedStack.target(runtime));
        objects = S3Client.builder()
                .endpointOverride(runtime.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        failing = new FailingPipeline(
                clients, requireNonNull(outputs.get("StreamName")), "", Duration.ofSeconds(60), Set.of());
    }

    @AfterAll
    void stop() {
        objects.close();
        clients.close();
        runtime.close();
    }

    @Test
    void aBatchThatExhaustsItsRetriesEndsInTheBucketWithItsPayload() throws IOException {
        PutRecordsResultEntry put =
                failing.put(List.of("good", "poison with payload", "good")).get(1);

        S3Object found = Awaitility.await("an object is in the bucket")
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> objects.listObjectsV2(list -> list.bucket(outputs.get("BucketName")))
                                .contents(),
                        all -> !all.isEmpty())
                .get(0);

        assertThat(found.key())
                .matches("aws/lambda/[0-9a-f-]{36}/shardId-000000000000/\\d{4}/\\d\\d/\\d\\d"
                        + "/\\d{4}-\\d\\d-\\d\\dT\\d\\d\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}");
        JsonNode letter = new ObjectMapper()
                .readTree(objects.getObjectAsBytes(
                                get -> get.bucket(outputs.get("BucketName")).key(found.key()))
                        .asByteArray());
        assertThat(letter.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(letter.at("/KinesisBatchInfo/startSequenceNumber").asText()).isEqualTo(put.sequenceNumber());
        assertThat(letter.at("/payload/Records")).hasSize(1);
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(letter.at("/payload/Records/0/kinesis/data")
                                        .asText()),
                        StandardCharsets.UTF_8))
                .isEqualTo("poison with payload");
        assertThat(letter.at("/payload/Records/0/eventSourceARN").asText()).isEqualTo(outputs.get("ConsumerArn"));
    }

    @Test
    void aSecondMappingOfTheSameSourceAndFunctionIsRefused() {
        EventSourceMappingConfiguration first = clients.lambda()
                .listEventSourceMappings(list -> {})
                .eventSourceMappings()
                .get(0);

        assertThatThrownBy(() -> clients.lambda()
                        .createEventSourceMapping(create -> create.functionName(first.functionArn())
                                .eventSourceArn(first.eventSourceArn())
                                .startingPosition(EventSourcePosition.LATEST)))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("delete the existing mapping with UUID " + first.uuid());
    }

    @Test
    void unsupportedDestinationsAreRefusedByName() {
        EventSourceMappingConfiguration mapping = clients.lambda()
                .listEventSourceMappings(list -> {})
                .eventSourceMappings()
                .get(0);

        assertThatThrownBy(() -> clients.lambda()
                        .updateEventSourceMapping(update -> update.uuid(mapping.uuid())
                                .destinationConfig(to -> to.onFailure(failure ->
                                        failure.destination("arn:aws:lambda:us-east-1:000000000000:function:alarms")))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("SQS queues, SNS topics and S3 buckets only, not to"
                        + " arn:aws:lambda:us-east-1:000000000000:function:alarms");
    }

    @Test
    void theTemplatesRotationScheduleTakesEffect() {
        var secret = clients.secrets().describeSecret(describe -> describe.secretId(outputs.get("SecretArn")));

        assertThat(secret.rotationEnabled()).isTrue();
        assertThat(secret.rotationLambdaARN()).contains(":function:");
        assertThat(secret.nextRotationDate()).isAfter(secret.createdDate().plus(Duration.ofDays(9)));
        assertThat(secret.versionIdsToStages().values())
                .as("the first rotation has started; this function does not complete it")
                .contains(List.of("AWSPENDING"));
    }

    @Test
    void theConsumerIsTheMappingsSource() {
        EventSourceMappingConfiguration mapping = clients.lambda()
                .listEventSourceMappings(list -> list.eventSourceArn(outputs.get("ConsumerArn")))
                .eventSourceMappings()
                .get(0);

        assertThat(mapping.eventSourceArn()).contains(":stream/").contains("/consumer/poison:");
        assertThat(clients.kinesis()
                        .describeStreamConsumer(describe -> describe.consumerARN(mapping.eventSourceArn()))
                        .consumerDescription()
                        .consumerName())
                .isEqualTo("poison");
    }
}
