package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.template.spec.ApiSpec;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedTemplateTest {

    private static final RuntimeNames NAMES =
            new RuntimeNames("ingest-kit", "us-east-1", "000000000000", URI.create("http://localhost:4566"));

    private final Template template = Template.read(Path.of("../../template.yaml"));

    @Test
    void resolvesWithoutWarnings() {
        assertThat(template.resolve(NAMES, Map.of()).warnings()).isEmpty();
    }

    @Test
    void outputsPointAtTheApiOfTheRuntime() {
        assertThat(template.resolve(NAMES, Map.of()).outputValues())
                .contains(
                        entry("SubmitUrl", "http://localhost:4566/_aws/execute-api/ingest-kit/v1/submit"),
                        entry("ApiId", "ingest-kit"),
                        entry("StreamName", "ingest-kit-events"),
                        entry("TableName", "ingest-kit-Table"),
                        entry(
                                "DeadLetterQueueUrl",
                                "http://localhost:4566/queue/us-east-1/000000000000/ingest-kit-DeadLetterQueue"),
                        entry("DeadLetterQueueArn", "arn:aws:sqs:us-east-1:000000000000:ingest-kit-DeadLetterQueue"),
                        entry("WriterFunctionName", "ingest-kit-Writer"),
                        entry("AuthorizerFunctionName", "ingest-kit-Authorizer"),
                        entry("Region", "us-east-1"));
    }

    @Test
    void carriesTheMappingWithItsParameters() {
        MappingSpec mapping = template.resolve(NAMES, Map.of("BatchSize", "7", "RetryAttempts", "0"))
                .compute()
                .mappings()
                .get(0);
        assertThat(mapping.logicalId()).isEqualTo("WriterRecords");
        assertThat(mapping.function())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:ingest-kit-Writer:live");
        assertThat(mapping.settings().batching().size()).isEqualTo(7);
        assertThat(mapping.settings().retries().maxAttempts()).isZero();
        assertThat(mapping.settings().retries().maxRecordAgeSeconds()).isEqualTo(21_600);
        assertThat(mapping.settings().batching().parallelizationFactor()).isEqualTo(2);
        assertThat(mapping.settings().retries().bisectBatch()).isTrue();
        assertThat(mapping.settings().reportBatchItemFailures()).isTrue();
        assertThat(mapping.settings().startingPosition()).isEqualTo(StartingPosition.trimHorizon());
        assertThat(mapping.settings().onFailure())
                .contains("arn:aws:sqs:us-east-1:000000000000:ingest-kit-DeadLetterQueue");
    }

    @Test
    void carriesFunctionsWithGlobalsAndEnvironment() {
        Stack stack = template.resolve(NAMES, Map.of());
        FunctionSpec writer = stack.compute().functions().stream()
                .filter(function -> function.logicalId().equals("Writer"))
                .findFirst()
                .orElseThrow();
        assertThat(writer.code().runtime()).isEqualTo("java21");
        assertThat(writer.limits().timeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(writer.limits().memoryMegabytes()).isEqualTo(1024);
        assertThat(writer.code().path()).endsWithRaw(Path.of("handlers/target/writer.jar"));
        assertThat(writer.environment())
                .contains(
                        entry("TABLE_NAME", stack.data().tables().get(0).name()),
                        entry("DLQ_URL", stack.data().queues().get(0).url()),
                        entry("ITEM_TTL_DAYS", "0"));
    }

    @Test
    void carriesTheApiWithResolvedBody() {
        ApiSpec api = template.resolve(NAMES, Map.of()).compute().apis().get(0);
        assertThat(api.stage().name()).isEqualTo("v1");
        assertThat(api.body()
                        .at("/components/securitySchemes/Basic/x-amazon-apigateway-authorizer/authorizerUri")
                        .textValue())
                .isEqualTo("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                        + "arn:aws:lambda:us-east-1:000000000000:function:ingest-kit-Authorizer:live/invocations");
        assertThat(api.stage().methodSettings().get(0).rateLimit()).contains(1000.0);
    }

    @Test
    void everyChoiceOfItsConditionsResolvesWithoutWarnings() {
        Map<String, String> all = Map.of(
                "TimeIndex", "true",
                "AccessLogs", "true",
                "ManageApiGatewayAccount", "true",
                "StreamMode", "ON_DEMAND",
                "KmsKeyArn", "arn:aws:kms:us-east-1:000000000000:key/abc",
                "AlarmTopicArn", "arn:aws:sns:us-east-1:000000000000:alarms");
        Stack stack = template.resolve(NAMES, all);
        assertThat(stack.warnings()).isEmpty();
        assertThat(stack.data().streams().get(0).shards()).isEqualTo(4);
        assertThat(stack.data().tables().get(0).createTable().get("GlobalSecondaryIndexes"))
                .hasSize(1);
        assertThat(stack.compute().apis().get(0).stage().accessLogFormat()).isPresent();
    }
}
