package dev.ingestkit.bench;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures the authorizer's first decision in a fresh JVM on one processor, under Lambda's own runtime interface client
 * with the flags of Lambda's Java runtimes, from process start to the answered decision. A plain port that uses the
 * SDK's client runs beside it, alternating run by run.
 */
public final class AuthorizerColdStart {

    private static final int RUNS = 9;
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String EVENT = """
        {"type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:000000000000:ingest/v1/POST/submit/s/e",\
        "resource":"/submit/{streamName}/{eventId}","path":"/submit/s/e","httpMethod":"POST",\
        "headers":{"Authorization":"Basic %1$s"},"multiValueHeaders":{"Authorization":["Basic %1$s"]},\
        "requestContext":{"stage":"v1","apiId":"ingest"}}\
        """;

    /** One first decision: elapsed time and processor time from process start to the answer. */
    private record Decision(double millis, double processorMillis) {}

    private AuthorizerColdStart() {}

    /** Runs the program; throws when a decision does not allow the request. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("AuthorizerColdStart");
        String runtime = LambdaProcess.runtimeClient();
        Path task = LambdaProcess.unpack(Pipeline.HOME.resolve("handlers/target/authorizer.jar"));
        String ours = LambdaProcess.classPath(task, task);
        String plain = String.join(File.pathSeparator, classPath());
        List<Decision> kit = new ArrayList<>();
        List<Decision> port = new ArrayList<>();
        for (int run = 0; run <= RUNS; run++) {
            Decision one = decide(runtime + ours, "dev.ingestkit.handlers.authorizer.BasicAuthorizer::handleRequest");
            Decision other = decide(runtime + plain, "dev.ingestkit.bench.PlainAuthorizer::handleRequest");
            if (run > 0) { // the first of each warms the disk
                kit.add(one);
                port.add(other);
            }
        }
        report.count("runs of each", RUNS);
        report.figure("authorizer, median ms", median(kit, Decision::millis));
        report.figure(
                "authorizer, slowest ms",
                kit.stream().mapToDouble(Decision::millis).max().orElseThrow());
        report.figure("authorizer, processor ms, median", median(kit, Decision::processorMillis));
        report.figure("plain port with the SDK, median ms", median(port, Decision::millis));
        report.figure("plain port, processor ms, median", median(port, Decision::processorMillis));
        report.figure("ratio", median(kit, Decision::millis) / median(port, Decision::millis));
        report.end();
    }

    private static double median(List<Decision> decisions, ToDoubleFunction<Decision> figure) {
        return decisions.stream().mapToDouble(figure).sorted().toArray()[decisions.size() / 2];
    }

    private static Decision decide(String classPath, String handler) throws Exception {
        String pair = Base64.getEncoder().encodeToString("ingest:a right password".getBytes(StandardCharsets.UTF_8));
        try (RuntimeApi api = new RuntimeApi(EVENT.formatted(pair))) {
            Path log = Pipeline.HOME.resolve("bench/target/authorizer.log");
            ProcessBuilder builder = new ProcessBuilder(command(classPath, handler))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(java.util.Map.of(
                            "AWS_LAMBDA_RUNTIME_API", api.address(),
                            "AWS_ENDPOINT_URL", "http://" + api.address(),
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "local",
                            "AWS_SECRET_ACCESS_KEY", "local",
                            "_HANDLER", handler,
                            "SECRET_ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:cold-abcdef"));
            long began = System.nanoTime();
            Process process = builder.start();
            try {
                RuntimeApi.Answer answer = api.await();
                if (answer.failed() || !answer.body().contains("Allow")) {
                    throw new IllegalStateException(
                            "%s answered %s; %s".formatted(handler, answer.body(), Files.readString(log)));
                }
                return new Decision(
                        (answer.nanoTime() - began) / 1e6,
                        ProcessFigures.cpu(process.toHandle()).toMillis());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static List<String> command(String classPath, String handler) {
        List<String> command = new ArrayList<>();
        if (new File("/usr/bin/taskset").canExecute()) {
            command.addAll(List.of("/usr/bin/taskset", "-c", "1"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx870m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.addAll(List.of("-cp", classPath, CLIENT, handler));
        return command;
    }

    private static String[] classPath() {
        return System.getProperty("java.class.path").split(File.pathSeparator, -1);
    }
}
