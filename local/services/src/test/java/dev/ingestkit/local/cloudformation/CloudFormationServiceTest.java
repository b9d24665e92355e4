package dev.ingestkit.local.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.ServiceServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.StsException;

class CloudFormationServiceTest {

    private static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
    private static final StackDescription STACK = new StackDescription(
            "ingest-kit",
            Arn.parse("arn:aws:cloudformation:us-east-1:000000000000:stack/ingest-kit/1"),
            "A <pipeline> & more",
            "Resources: {}\n",
            CREATED,
            List.of(new StackDescription.Parameter("BatchSize", "100")),
            List.of(new StackDescription.Output(
                    "SubmitUrl", "http://localhost:4566/v1/submit", Optional.of("where"), Optional.of("url"))),
            List.of(
                    new StackDescription.Resource("Stream", "AWS::Kinesis::Stream", "ingest-kit-events"),
                    new StackDescription.Resource("Table", "AWS::DynamoDB::Table", "ingest-kit-Table")));

    private final ServiceServer server = ServiceServer.start(
            new CloudFormationService(STACK), new StsService("000000000000", Clock.fixed(CREATED, ZoneOffset.UTC)));
    private final CloudFormationClient client = server.cloudFormation();
    private final StsClient sts = server.sts();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void describeStacksShowsParametersAndOutputs() {
        Stack stack = client.describeStacks(request -> request.stackName("ingest-kit"))
                .stacks()
                .get(0);
        assertThat(stack.stackStatusAsString()).isEqualTo("CREATE_COMPLETE");
        assertThat(stack.description()).isEqualTo("A <pipeline> & more");
        assertThat(stack.creationTime()).isEqualTo(CREATED);
        assertThat(stack.parameters().get(0).parameterValue()).isEqualTo("100");
        assertThat(stack.outputs().get(0).outputValue()).isEqualTo("http://localhost:4566/v1/submit");
        assertThat(stack.outputs().get(0).exportName()).isEqualTo("url");
    }

    @Test
    void stacksAreFoundByIdOrWithoutAName() {
        assertThat(client.describeStacks(request -> request.stackName(STACK.id().toString()))
                        .stacks())
                .hasSize(1);
        assertThat(client.describeStacks().stacks()).hasSize(1);
        assertThat(client.listStacks().stackSummaries()).hasSize(1);
    }

    @Test
    void unknownStacksAreValidationErrors() {
        assertThatThrownBy(() -> client.describeStacks(request -> request.stackName("other")))
                .isInstanceOfSatisfying(CloudFormationException.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(400);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                    assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Stack with id other does not exist");
                });
    }

    @Test
    void resourcesHaveTheirPhysicalIds() {
        assertThat(client.listStackResources(request -> request.stackName("ingest-kit"))
                        .stackResourceSummaries())
                .extracting(StackResourceSummary::physicalResourceId)
                .containsExactly("ingest-kit-events", "ingest-kit-Table");
        assertThat(client.describeStackResource(
                                request -> request.stackName("ingest-kit").logicalResourceId("Table"))
                        .stackResourceDetail()
                        .physicalResourceId())
                .isEqualTo("ingest-kit-Table");
        assertThat(client.describeStackResources(request -> request.physicalResourceId("ingest-kit-events"))
                        .stackResources())
                .hasSize(1);
    }

    @Test
    void templateEventsAndExportsAreReturned() {
        assertThat(client.getTemplate(request -> request.stackName("ingest-kit"))
                        .templateBody())
                .isEqualTo("Resources: {}\n");
        assertThat(client.describeStackEvents(request -> request.stackName("ingest-kit"))
                        .stackEvents())
                .hasSize(3);
        assertThat(client.listExports().exports().get(0).value()).isEqualTo("http://localhost:4566/v1/submit");
    }

    @Test
    void unsupportedActionsAreNamed() {
        assertThatThrownBy(() -> client.deleteStack(request -> request.stackName("ingest-kit")))
                .isInstanceOf(CloudFormationException.class)
                .hasMessageContaining("DeleteStack");
    }

    @Test
    void callerIdentityHasTheAccount() {
        assertThat(sts.getCallerIdentity().account()).isEqualTo("000000000000");
        assertThat(sts.getAccessKeyInfo(request -> request.accessKeyId("AKIAIOSFODNN7EXAMPLE"))
                        .account())
                .isEqualTo("000000000000");
    }

    @Test
    void roleCredentialsExpire() {
        assertThat(sts.assumeRole(request -> request.roleArn("arn:aws:iam::000000000000:role/team/dev")
                                .roleSessionName("me")
                                .durationSeconds(900))
                        .credentials()
                        .expiration())
                .isEqualTo(CREATED.plusSeconds(900));
        assertThat(sts.getSessionToken().credentials().accessKeyId()).startsWith("ASIA");
    }

    @Test
    void rolesOfAnyAccountAreTheCallersOfTheirCredentials() {
        AssumeRoleResponse role = sts.assumeRole(request ->
                request.roleArn("arn:aws:iam::123456789012:role/team/dev").roleSessionName("me"));
        AwsSessionCredentials credentials = AwsSessionCredentials.create(
                role.credentials().accessKeyId(),
                role.credentials().secretAccessKey(),
                role.credentials().sessionToken());

        assertThat(role.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/dev/me");
        assertThat(sts.getCallerIdentity(request -> request.overrideConfiguration(
                                override -> override.credentialsProvider(() -> credentials)))
                        .arn())
                .isEqualTo(role.assumedRoleUser().arn());
        assertThat(sts.getAccessKeyInfo(request -> request.accessKeyId(credentials.accessKeyId()))
                        .account())
                .isEqualTo("123456789012");
    }

    @Test
    void invalidDurationsAreRejected() {
        assertThatThrownBy(() -> sts.getSessionToken(request -> request.durationSeconds(1)))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("DurationSeconds");
    }
}
