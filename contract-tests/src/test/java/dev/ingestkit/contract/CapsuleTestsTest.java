package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.capsule.CapsuleRecorder;
import dev.ingestkit.cli.capsule.CapsuleTestWriter;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.testkit.IngestPipeline;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
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
            try (URLClassLoader tests = compile(capsules)) {
                for (Capsule capsule : capsules) {
                    Method test = test(tests, capsule);
                    assertThatThrownBy(() -> run(test, pipeline))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("\"errorMessage\":\"%s\"", message(capsule));
                }
            }
        }
        try (IngestPipeline repaired = IngestPipeline.of(template)
                        .parameter("Repaired", "true")
                        .start();
                URLClassLoader tests = compile(capsules)) {
            for (Capsule capsule : capsules) {
                Method test = test(tests, capsule);
                assertThatCode(() -> run(test, repaired)).doesNotThrowAnyException();
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

    /** Compiles the written classes and returns their loader, with their fixtures. */
    private URLClassLoader compile(List<Capsule> capsules) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", project.resolve("classes").toString()));
        arguments.addAll(List.of("-classpath", classPath()));
        for (Capsule capsule : capsules) {
            arguments.add(new CapsuleTestWriter(project)
                    .write(capsule, "app", "template.yaml")
                    .get(0)
                    .toString());
        }
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        StringWriter errors = new StringWriter();
        List<Path> sources =
                arguments.subList(5, arguments.size()).stream().map(Path::of).toList();
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        arguments.subList(0, 5),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(sources))
                .call();
        assertThat(compiled).as(errors.toString()).isTrue();
        URL[] path = {
            project.resolve("classes").toUri().toURL(),
            project.resolve("src/test/resources").toUri().toURL()
        };
        return new URLClassLoader(path, CapsuleTestsTest.class.getClassLoader());
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static Method test(URLClassLoader tests, Capsule capsule) throws ReflectiveOperationException {
        String name = "app.Fault" + capsule.name().substring("fault-".length()) + "CapsuleTest";
        Method test = tests.loadClass(name).getDeclaredMethod("theBatchIsProcessed", IngestPipeline.class);
        test.setAccessible(true);
        return test;
    }

    private static void run(Method test, IngestPipeline pipeline) throws Throwable {
        var constructor = test.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        try {
            test.invoke(constructor.newInstance(), pipeline);
        } catch (InvocationTargetException failed) {
            throw requireNonNull(failed.getCause());
        }
    }
}
