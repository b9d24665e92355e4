package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts each function as Lambda would, on each installed JDK, and measures from process start to the first answer and
 * the calls after it, with and without an archive of class data, beside a plain port of the original's authorizer.
 * Arguments: runs of each (default 5), then JDK directories (default: those in /usr/lib/jvm).
 */
public final class LambdaStart {

    private static final int WARM_CALLS = 50;
    private static final int MEGABYTES = 1_024;
    private static final int RECORDS = 100;
    private static final String AUTHORIZER = "dev.ingestkit.handlers.authorizer.BasicAuthorizer::handleRequest";
    private static final String WRITER = "dev.ingestkit.handlers.writer.EventWriter::handleRequest";
    private static final String PLAIN = "dev.ingestkit.bench.PlainAuthorizer::handleRequest";

    private final Report report = new Report("LambdaStart");
    private final boolean readOnly = LambdaProcess.canBeReadOnly();
    private final int runs;
    private final Path work = Files.createTempDirectory(Pipeline.HOME.resolve("bench/target"), "start");

    private LambdaStart(int runs) throws IOException, InterruptedException {
        this.runs = runs;
    }

    /** The figures of one start, in milliseconds and kilobytes. */
    private record Start(double cold, double warm, long peak) {}

    /** Runs the program; throws when a function gives a wrong answer. */
    public static void main(String[] arguments) throws Exception {
        LambdaStart program = new LambdaStart(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
        List<Path> jdks = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            jdks.add(Path.of(arguments[i]));
        }
        program.run(jdks.isEmpty() ? installed() : jdks);
    }

    private static List<Path> installed() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib/jvm"))) {
            return folders.filter(folder -> Files.isExecutable(folder.resolve("bin/javac")))
                    .filter(folder -> !Files.isSymbolicLink(folder))
                    .sorted()
                    .toList();
        }
    }

    private void run(List<Path> jdks) throws Exception {
        report.note(readOnly ? "file system read-only but for /tmp" : "file system writable: this user may not mount");
        Path authorizer = Pipeline.HOME.resolve("handlers/target/authorizer.jar");
        Path writer = Pipeline.HOME.resolve("handlers/target/writer.jar");
        Path authorizerTask = LambdaProcess.unpack(authorizer);
        Path writerTask = LambdaProcess.unpack(writer);
        for (Path jdk : jdks) {
            String java = jdk.getFileName().toString();
            double ours = row(java + ", authorizer", jdk, authorizerTask, authorizerTask, AUTHORIZER, false);
            row(java + ", authorizer with archive", jdk, authorizerTask, authorizer, AUTHORIZER, true);
            double plain = plain(java + ", plain port", jdk);
            report.figure(java + ", ratio", ours / plain);
            row(java + ", writer", jdk, writerTask, writerTask, WRITER, false);
            row(java + ", writer with archive", jdk, writerTask, writer, WRITER, true);
        }
        report.end();
    }

    /** Measures cold starts and returns their median. */
    private double row(String name, Path jdk, Path task, Path classes, String handler, boolean archived)
            throws Exception {
        String path = LambdaProcess.classPath(classes, task);
        List<String> flags = List.of("-Xshare:auto");
        if (archived) {
            Path archive = work.resolve(name.replaceAll("\\W+", "-") + ".jsa");
            dump(
                    new LambdaProcess(jdk, task, path, MEGABYTES, List.of("-XX:ArchiveClassesAtExit=" + archive)),
                    handler);
            flags = List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive);
        }
        return figures(name, new LambdaProcess(jdk, task, path, MEGABYTES, flags), handler);
    }

    private double plain(String name, Path jdk) throws Exception {
        // The function starts in another directory.
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return figures(name, new LambdaProcess(jdk, work, path, MEGABYTES, List.of("-Xshare:auto")), PLAIN);
    }

    private double figures(String name, LambdaProcess process, String handler) throws Exception {
        List<Start> starts = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            Start one = start(process, handler);
            if (run > 0) { // the first warms the disk
                starts.add(one);
            }
        }
        double cold = median(starts.stream().map(Start::cold).toList());
        report.figure(name + ", cold ms", cold);
        report.figure(
                name + ", warm ms", median(starts.stream().map(Start::warm).toList()));
        report.count(
                name + ", peak MB", starts.stream().mapToLong(Start::peak).max().orElseThrow() / 1_024);
        return cold;
    }

    private static double median(List<Double> values) {
        return values.stream()
                .sorted(Comparator.naturalOrder())
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private Start start(LambdaProcess function, String handler) throws Exception {
        Path log = work.resolve("function.log");
        try (RuntimeApi api = new RuntimeApi(event(handler), WARM_CALLS + 1)) {
            long began = System.nanoTime();
            Process process = function.start(handler, environment(api), log, readOnly);
            try {
                double cold = (checked(api.await(), handler, log) - began) / 1e6;
                List<Double> warm = new ArrayList<>();
                for (int call = 0; call < WARM_CALLS; call++) {
                    RuntimeApi.Answer answer = api.await();
                    checked(answer, handler, log);
                    warm.add((answer.nanoTime() - answer.givenAt()) / 1e6);
                }
                return new Start(cold, median(warm), peak(process));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** Starts a function once and writes its classes to an archive when the process ends. */
    private void dump(LambdaProcess function, String handler) throws Exception {
        Path log = work.resolve("dump.log");
        try (RuntimeApi api = new RuntimeApi(event(handler), 1)) {
            Process process = function.start(handler, environment(api), log, false);
            try {
                checked(api.await(), handler, log);
                process.destroy(); // SIGTERM: the JVM ends in order, and writes its archive
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("no archive after 60 s: " + Files.readString(log));
                }
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static long checked(RuntimeApi.Answer answer, String handler, Path log) throws IOException {
        String wanted = handler.equals(WRITER) ? "batchItemFailures" : "Allow";
        boolean incomplete = handler.equals(WRITER) && answer.body().contains("itemIdentifier");
        if (answer.failed() || incomplete || !answer.body().contains(wanted)) {
            throw new IllegalStateException(
                    "%s answered %s; %s".formatted(handler, answer.body(), Files.readString(log)));
        }
        return answer.nanoTime();
    }

    /** Returns the peak memory of the process, in kilobytes. */
    private static long peak(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> environment(RuntimeApi api) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_ENDPOINT_URL", "http://" + api.address());
        environment.put("SECRET_ARN", "arn:aws:secretsmanager:us-east-1:000000000000:secret:cold-abcdef");
        environment.put("TABLE_NAME", "events");
        environment.put("DLQ_URL", "http://" + api.address() + "/queue");
        return environment;
    }

    private static String event(String handler) {
        return handler.equals(WRITER) ? batch() : request();
    }

    private static String request() {
        String pair = Base64.getEncoder().encodeToString("ingest:a right password".getBytes(StandardCharsets.UTF_8));
        return """
            {"type":"REQUEST","methodArn":"arn:aws:execute-api:us-east-1:000000000000:ingest/v1/POST/submit/s/e",\
            "headers":{"Authorization":"Basic %1$s"},"multiValueHeaders":{"Authorization":["Basic %1$s"]},\
            "requestContext":{"stage":"v1","apiId":"ingest","requestId":"r"}}\
            """.formatted(pair);
    }

    private static String batch() {
        StringBuilder records = new StringBuilder("{\"Records\":[");
        for (int record = 0; record < RECORDS; record++) {
            String body = "{\"eventId\":\"event-%d\",\"text\":\"%s\"}".formatted(record, "x".repeat(980));
            records.append(record == 0 ? "" : ",").append("""
                {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"event-%1$d","sequenceNumber":"%2$d",\
                "data":"%3$s","approximateArrivalTimestamp":1700000000.5},"eventSource":"aws:kinesis",\
                "eventVersion":"1.0","eventID":"shardId-000000000000:%2$d","eventName":"aws:kinesis:record",\
                "awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}\
                """.formatted(
                    record, 1_000 + record, Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8))));
        }
        return records.append("]}").toString();
    }
}
