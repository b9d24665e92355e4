package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.testkit.IngestPipeline;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Capsules of what a function has failed for, from sources other than Kinesis. */
final class CapsulesOfAnySourceTest {

    static final String TEMPLATE = """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Repaired: {Type: String, Default: "false"}
            Resources:
              Dead: {Type: AWS::SQS::Queue}
              Jobs:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: 60
                  RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}
              Notices: {Type: AWS::SNS::Topic}
              Orders:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  KeySchema: [{AttributeName: id, KeyType: HASH}]
                  AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
              Worker:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: none.jar
                  Handler: dev.ingestkit.contract.RefusingFunction::handle
                  Runtime: java17
                  Timeout: 60
                  Environment: {Variables: {REPAIRED: !Ref Repaired}}
                  Events:
                    Jobs:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt Jobs.Arn
                        FunctionResponseTypes: [ReportBatchItemFailures]
                    Notices: {Type: SNS, Properties: {Topic: !Ref Notices}}
                    Orders:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Orders.StreamArn
                        StartingPosition: TRIM_HORIZON
                        MaximumRetryAttempts: 0
            """;

    /** The sources of events, each with a member that only its events have, and the text of a failure. */
    enum Source {
        QUEUE("/Records/0/body", "the function reported 1 of 1 messages as failed"),
        TOPIC("/Records/0/Sns/Message", "poison is refused"),
        TABLE("/Records/0/dynamodb/Keys/id/S", "poison is refused"),
        CALLER("/id", "poison is refused"),
        ASYNCHRONOUS_CALLER("/id", "poison is refused");

        private final String member;
        private final String failure;

        Source(String member, String failure) {
            this.member = member;
            this.failure = failure;
        }

        void send(IngestPipeline pipeline, String id) {
            String event = "{\"id\":\"%s\",\"kind\":\"poison\"}".formatted(id);
            switch (this) {
                case QUEUE ->
                    pipeline.client(SqsClient.class)
                            .sendMessage(
                                    call -> call.queueUrl(pipeline.name("Jobs")).messageBody(event));
                case TOPIC -> publish(pipeline, event);
                case TABLE ->
                    pipeline.client(DynamoDbClient.class)
                            .putItem(call -> call.tableName(pipeline.name("Orders"))
                                    .item(Map.of(
                                            "id", AttributeValue.fromS(id), "kind", AttributeValue.fromS("poison"))));
                case CALLER -> invoke(pipeline, event, InvocationType.REQUEST_RESPONSE);
                case ASYNCHRONOUS_CALLER -> invoke(pipeline, event, InvocationType.EVENT);
            }
        }

        /** Publishes by SNS's query protocol. */
        private static void publish(IngestPipeline pipeline, String message) {
            String form = "Action=Publish&Version=2010-03-31&TopicArn=%s&Message=%s"
                    .formatted(pipeline.name("Notices"), URLEncoder.encode(message, StandardCharsets.UTF_8));
            HttpRequest request = HttpRequest.newBuilder(pipeline.endpoint())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build();
            int status = HttpClient.newHttpClient()
                    .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .join()
                    .statusCode();
            assertThat(status).isEqualTo(200);
        }

        private static void invoke(IngestPipeline pipeline, String event, InvocationType type) {
            pipeline.client(LambdaClient.class)
                    .invoke(call -> call.functionName(pipeline.name("Worker"))
                            .invocationType(type)
                            .payload(SdkBytes.fromUtf8String(event)));
        }
    }

    @TempDir
    private Path project;

    private IngestPipeline pipeline;
    private Tool tool;

    @BeforeEach
    void start() throws Exception {
        pipeline = IngestPipeline.start(Files.writeString(project.resolve("template.yaml"), TEMPLATE));
        tool = new Tool(project).target("--endpoint-url", pipeline.endpoint().toString(), "--stack", "test");
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    /** Saves the failure that has the id, as soon as there is one. */
    private Tool.Result save(String id, String name) {
        return Awaitility.await("the failure of " + id)
                .atMost(Duration.ofMinutes(1))
                .until(() -> tool.run("capsule", "save", id, "--name", name), result -> result.exit() == 0);
    }

    private Capsule saved(String name) throws Exception {
        return Capsule.parse(Files.readAllBytes(project.resolve(".ingest/capsules/%s.json".formatted(name))));
    }

    @ParameterizedTest
    @EnumSource
    void anEventOfEachSourceBecomesATestThatPassesAfterTheRepair(Source source) throws Exception {
        source.send(pipeline, "order-7");
        save("order-7", "fault-it");

        Capsule capsule = saved("fault-it");
        JsonNode event = new ObjectMapper().readTree(capsule.event());
        assertThat(event.at(source.member).asText()).contains("order-7");
        assertThat(capsule.failure()).contains(source.failure);
        assertThat(capsule.source().function()).isEqualTo("Worker");
        Tool.Result replayed = tool.run("capsule", "replay", "fault-it");
        assertThat(replayed.exit()).as(replayed.err()).isEqualTo(1);
        CapsuleProject tests = new CapsuleProject(project);
        try (URLClassLoader classes = tests.compile(List.of(capsule))) {
            Method test = CapsuleProject.test(classes, capsule);
            assertThatThrownBy(() -> CapsuleProject.run(test, pipeline))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("of the capsule 'fault-it'");
            try (IngestPipeline repaired = IngestPipeline.of(project.resolve("template.yaml"))
                    .parameter("Repaired", "true")
                    .start()) {
                assertThatCode(() -> CapsuleProject.run(test, repaired)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aMessagesCapsuleHasItsAttemptsAndIsFoundByTheMessagesId() throws Exception {
        Source.QUEUE.send(pipeline, "order-8");
        save("order-8", "first");
        String message = saved("first").circumstances().at("/attempts/0/ids/0").asText();
        pipeline.clock().advance(Duration.ofMinutes(1));

        save(message, "second");

        Capsule capsule = saved("second");
        JsonNode event = new ObjectMapper().readTree(capsule.event());
        assertThat(event.at("/Records/0/messageId").asText()).isEqualTo(message);
        assertThat(event.at("/Records/0/attributes/ApproximateReceiveCount").asText())
                .isEqualTo("2");
        assertThat(capsule.circumstances().path("attempts")).hasSize(2);
        assertThat(capsule.circumstances().at("/mapping/queue").asText())
                .isEqualTo(pipeline.name("Jobs").replaceAll(".*/", ""));
    }

    @Test
    void aReplayIsNotAFailureOfItsOwn() throws Exception {
        Source.QUEUE.send(pipeline, "order-12");
        save("order-12", "first");
        assertThat(tool.run("capsule", "replay", "first").exit()).isEqualTo(1);

        assertThat(tool.run("capsule", "save", "--name", "again").exit()).isZero();
        assertThat(saved("again").event()).isEqualTo(saved("first").event());
        assertThat(saved("again").circumstances().path("attempts")).hasSize(1);
    }

    @Test
    void onlyTheFailedInvocationIsSaved() {
        pipeline.client(SqsClient.class)
                .sendMessage(call -> call.queueUrl(pipeline.name("Jobs")).messageBody("{\"id\":\"order-9\"}"));
        Source.QUEUE.send(pipeline, "order-10");
        save("order-10", "fault-ten");

        assertThat(tool.run("capsule", "save", "order-11").err())
                .contains("no invocation for the event 'order-11' has failed");
    }
}
