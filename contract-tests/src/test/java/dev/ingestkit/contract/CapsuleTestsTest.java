package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.capsule.CapsuleRecorder;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.testkit.IngestPipeline;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapsuleTestsTest {

    static final String TEMPLATE = """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Repaired: {Type: String, Default: "false"}
            Resources:
              Orders:
                Type: AWS::Kinesis::Stream
                Properties: {ShardCount: 1}
              Refused:
                Type: AWS::SQS::Queue
              Writer:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: none.jar
                  Handler: dev.ingestkit.contract.SeededFailures::handle
                  Runtime: java17
                  Timeout: 60
                  Environment: {Variables: {REPAIRED: !Ref Repaired}}
                  Events:
                    Orders:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt Orders.Arn
                        StartingPosition: TRIM_HORIZON
                        BatchSize: 1
                        MaximumRetryAttempts: 0
                        DestinationConfig: {OnFailure: {Destination: !GetAtt Refused.Arn}}
            """;

    @TempDir
    private Path project;

    @Test
    void twentyFailuresBecomeTwentyTestsThatPassAfterTheRepair() throws Exception {
        Path template = Files.writeString(project.resolve("template.yaml"), TEMPLATE);
        List<Capsule> capsules;
        try (IngestPipeline pipeline = IngestPipeline.start(template)) {
            capsules = fail(pipeline);
            try (URLClassLoader tests = new CapsuleProject(project).compile(capsules)) {
                for (Capsule capsule : capsules) {
                    Method test = CapsuleProject.test(tests, capsule);
                    assertThatThrownBy(() -> CapsuleProject.run(test, pipeline))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("\"errorMessage\":\"%s\"", message(capsule));
                }
            }
        }
        try (IngestPipeline repaired = IngestPipeline.of(template)
                        .parameter("Repaired", "true")
                        .start();
                URLClassLoader tests = new CapsuleProject(project).compile(capsules)) {
            for (Capsule capsule : capsules) {
                Method test = CapsuleProject.test(tests, capsule);
                assertThatCode(() -> CapsuleProject.run(test, repaired)).doesNotThrowAnyException();
            }
        }
    }

    private static String message(Capsule capsule) {
        return capsule.name().replace('-', ' ');
    }

    private static List<Capsule> fail(IngestPipeline pipeline) {
        List<Capsule> capsules = new ArrayList<>();
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(pipeline.endpoint(), "test", Map.of()))) {
            for (int kind = 1; kind <= SeededFailures.COUNT; kind++) {
                String event = "order-" + kind;
                pipeline.put("Orders", event, "{\"kind\":%d}".formatted(kind));
                pipeline.await(event).deadLettered();
                Capsule capsule = new CapsuleRecorder(
                                new ControlClient(pipeline.endpoint()), clients, Clock.systemUTC())
                        .record(event, "fault-" + kind);
                assertThat(capsule.failure()).contains("fault " + kind);
                capsules.add(capsule);
            }
        }
        return capsules;
    }
}
