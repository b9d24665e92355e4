package dev.ingestkit.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.template.model.Problem;
import dev.ingestkit.local.template.spec.BucketSpec;
import dev.ingestkit.local.template.spec.ConsumerSpec;
import dev.ingestkit.local.template.spec.ResourceIdentity;
import dev.ingestkit.local.template.spec.RotationSpec;
import dev.ingestkit.local.template.spec.SecretSpec;
import dev.ingestkit.local.template.spec.Stack;
import dev.ingestkit.local.template.spec.TableSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Covers streams, tables, queues, buckets and secrets, as their services accept them. */
class DataResourcesTest {

    private @TempDir Path directory;

    private Stack resolve(String text) {
        return TemplateText.resolve(text, directory, Map.of());
    }

    @Test
    void aGlobalTableIsAnOnDemandTableOfThisRegion() {
        Stack stack = resolve("""
            Resources:
              Orders:
                Type: AWS::DynamoDB::GlobalTable
                Properties:
                  BillingMode: PROVISIONED
                  WriteProvisionedThroughputSettings:
                    WriteCapacityAutoScalingSettings: { MinCapacity: 1, MaxCapacity: 10 }
                  AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
                  KeySchema: [{ AttributeName: id, KeyType: HASH }]
                  StreamSpecification: { StreamViewType: NEW_IMAGE }
                  Replicas: [{ Region: eu-west-1 }, { Region: us-east-1 }]
            Outputs:
              Stream: { Value: !GetAtt Orders.StreamArn }
            """);

        TableSpec table = stack.data().tables().get(0);

        assertThat(table.createTable().get("BillingMode").textValue()).isEqualTo("PAY_PER_REQUEST");
        assertThat(table.createTable().at("/KeySchema/0/AttributeName").textValue())
                .isEqualTo("id");
        assertThat(stack.outputs().get(0).value())
                .isEqualTo(table.streamArn().orElseThrow().toString());
    }

    @Test
    void tableAndSecretCarryTheInputOfTheirApis() {
        Stack stack = resolve("""
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
                  KeySchema: [{ AttributeName: id, KeyType: HASH }]
                  ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: 5 }
                  StreamSpecification: { StreamViewType: NEW_IMAGE }
                  TimeToLiveSpecification: { AttributeName: ttl, Enabled: true }
              Secret:
                Type: AWS::SecretsManager::Secret
                Properties:
                  GenerateSecretString: { PasswordLength: 20, ExcludeCharacters: '":' }
            """);
        TableSpec table = stack.data().tables().get(0);
        assertThat(table.createTable().get("ProvisionedThroughput").toString())
                .isEqualTo("{\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":5}");
        assertThat(table.createTable().at("/StreamSpecification/StreamEnabled").booleanValue())
                .isTrue();
        assertThat(table.timeToLiveAttribute()).contains("ttl");
        SecretSpec secret = stack.data().secrets().get(0);
        assertThat(secret.arn().toString())
                .matches("arn:aws:secretsmanager:eu-west-1:123456789012:secret:demo-Secret-[a-z0-9]{6}");
        assertThat(secret.value())
                .get(type(SecretSpec.Generated.class))
                .returns(20, SecretSpec.Generated::length)
                .returns("\":", SecretSpec.Generated::excludedCharacters)
                .returns(Optional.empty(), SecretSpec.Generated::target);
    }

    @Test
    void aMappingReadsFromAConsumerAndSendsFailuresToABucket() {
        Stack stack = resolve("""
            Resources:
              Stream: { Type: AWS::Kinesis::Stream }
              Fast:
                Type: AWS::Kinesis::StreamConsumer
                Properties: { ConsumerName: fast, StreamARN: !GetAtt Stream.Arn }
              Letters:
                Type: AWS::S3::Bucket
                Properties:
                  PublicAccessBlockConfiguration: { BlockPublicAcls: true }
                  NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }
              Work:
                Type: AWS::Lambda::Function
                Properties: { Code: work.jar, Handler: a.B, Runtime: java17, Role: 'arn:aws:iam::1:role/r' }
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: !Ref Work
                  EventSourceArn: !Ref Fast
                  StartingPosition: LATEST
                  DestinationConfig: { OnFailure: { Destination: !GetAtt Letters.Arn } }
            Outputs:
              Consumer: { Value: !GetAtt Fast.ConsumerARN }
            """);

        String consumer = "arn:aws:kinesis:eu-west-1:123456789012:stream/demo-Stream/consumer/fast:1767225600";
        assertThat(stack.data().consumers()).extracting(ConsumerSpec::arn).containsExactly(Arn.parse(consumer));
        assertThat(stack.outputValues()).containsEntry("Consumer", consumer);
        assertThat(stack.data().buckets())
                .containsExactly(new BucketSpec(
                        new ResourceIdentity("Letters", "demo-letters", Arn.parse("arn:aws:s3:::demo-letters"))));
        assertThat(stack.compute().mappings().get(0).eventSourceArn()).isEqualTo(consumer);
        assertThat(stack.compute().mappings().get(0).settings().onFailure()).contains("arn:aws:s3:::demo-letters");
        assertThat(stack.warnings())
                .extracting(Problem::reason)
                .containsExactly("the property NotificationConfiguration of AWS::S3::Bucket is not run locally");
    }

    @Test
    void aRotationScheduleNamesSecretFunctionAndTimes() {
        Stack stack = resolve("""
            Resources:
              Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: s } }
              Rotation:
                Type: AWS::SecretsManager::RotationSchedule
                Properties:
                  SecretId: s
                  RotationLambdaARN: arn:aws:lambda:eu-west-1:123456789012:function:rotate
                  RotateImmediatelyOnUpdate: false
                  RotationRules: { ScheduleExpression: 'rate(10 days)', Duration: 3h }
              Hosted:
                Type: AWS::SecretsManager::RotationSchedule
                Properties: { SecretId: s, HostedRotationLambda: { RotationType: MySQLSingleUser } }
            """);

        assertThat(stack.data().rotations()).hasSize(1);
        assertThat(stack.data().rotations().get(0))
                .isEqualTo(new RotationSpec(
                        "Rotation",
                        "s",
                        Arn.parse("arn:aws:lambda:eu-west-1:123456789012:function:rotate"),
                        false,
                        Optional.of(new RotationSpec.Rules(
                                OptionalInt.empty(), Optional.of("rate(10 days)"), Optional.of("3h")))));
        assertThat(stack.warnings())
                .extracting(Problem::reason)
                .containsExactly(
                        "the property HostedRotationLambda of AWS::SecretsManager::RotationSchedule is not run locally",
                        "the rotation of Hosted is not run: it has no RotationLambdaARN");
    }
}
