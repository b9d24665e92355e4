package dev.ingestkit.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.ingestkit.testkit.IngestPipeline;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import javax.management.ObjectName;

/**
 * Measures the testkit as a test class meets it: the start of the first stack in a JVM and of further ones, a reset, a
 * day of retries of a record that always fails, and what is left of heap and threads after 200 stacks by two threads.
 */
public final class TestkitStart {

    private static final int FURTHER = 50;
    private static final int CLASSES = 200;
    /** The compiler knows the code of a reset by then. */
    private static final int COMPILED_AFTER = 400;

    private static final int WARM_CLASSES = 10;
    /** The JDK's timer of idle connections ends within five seconds by itself, Netty's executor within one. */
    private static final Pattern ENDING = Pattern.compile("Keep-Alive-Timer|globalEventExecutor");

    private static final long MAX_MILLIS_TO_END = 10_000;

    private static final List<String> PARTS = List.of("start", "reset", "day", "classes");

    private static final String TEMPLATE = """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Orders:
                Type: AWS::Kinesis::Stream
                Properties: {ShardCount: 1}
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
                  KeySchema: [{AttributeName: id, KeyType: HASH}]
              Refused:
                Type: AWS::SQS::Queue
              Writer:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: none.jar
                  Handler: dev.ingestkit.bench.PickyHandler::handle
                  Runtime: java17
                  Events:
                    Orders:
                      Type: Kinesis
                      Properties:
                        Stream: !GetAtt Orders.Arn
                        StartingPosition: TRIM_HORIZON
                        MaximumRecordAgeInSeconds: 86400
                        DestinationConfig: {OnFailure: {Destination: !GetAtt Refused.Arn}}
            """;

    private final Path template;
    private final Report report = new Report("TestkitStart");

    private TestkitStart(Path template) {
        this.template = template;
    }

    /** Runs the parts that are named, in a JVM in which nothing has run; without names, all of them in turn. */
    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("testkit-start-", ".yaml");
        try {
            Files.writeString(file, TEMPLATE);
            TestkitStart program = new TestkitStart(file);
            for (String part : arguments.length == 0 ? PARTS : List.of(arguments)) {
                program.run(part);
            }
            program.report.end();
        } finally {
            Files.delete(file);
        }
    }

    private void run(String part) throws Exception {
        switch (part) {
            case "start" -> starts();
            case "reset" -> resets();
            case "day" -> days();
            case "classes" -> manyClasses();
            default -> throw new IllegalArgumentException("'%s' is not one of %s".formatted(part, PARTS));
        }
    }

    private void starts() throws Exception {
        report.figure("first stack ready, ms", millis(this::startAndStop));
        medians("further stack ready", this::startAndStop);
        medians("further stack with an event", () -> oneEvent("order"));
    }

    private void resets() throws Exception {
        try (IngestPipeline pipeline = IngestPipeline.start(template)) {
            Measured reset = () -> {
                pipeline.reset();
                return 0;
            };
            medians("reset", reset);
            for (int run = 0; run < COMPILED_AFTER; run++) {
                reset.run();
            }
            medians("reset, after hundreds", reset);
        }
    }

    private void days() throws Exception {
        try (IngestPipeline pipeline = IngestPipeline.start(template)) {
            for (String day : List.of("a day of retries, ms", "a second day, ms", "a third day, ms")) {
                report.figure(day, millis(() -> aDayOfRetries(pipeline)));
                pipeline.reset();
            }
        }
    }

    /** An action that is measured; it returns how many of its own nanoseconds do not count. */
    private interface Measured {
        long run() throws Exception;
    }

    private static double millis(Measured measured) throws Exception {
        long start = System.nanoTime();
        long left = measured.run();
        return (System.nanoTime() - start - left) / 1e6;
    }

    /** Reports the median of the real time, and the mean of the processors' time, which a busy machine changes less. */
    private void medians(String name, Measured measured) throws Exception {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        List<Double> real = new ArrayList<>();
        long before = process.getProcessCpuTime();
        for (int run = 0; run < FURTHER; run++) {
            real.add(millis(measured));
        }
        report.figure(name + ", median ms", real.stream().sorted().toList().get(FURTHER / 2));
        report.figure(name + ", processor ms", (process.getProcessCpuTime() - before) / 1e6 / FURTHER);
    }

    /** Starts a stack; stopping it does not count. */
    private long startAndStop() {
        IngestPipeline pipeline = IngestPipeline.start(template);
        long ready = System.nanoTime();
        pipeline.close();
        return System.nanoTime() - ready;
    }

    private long oneEvent(String id) {
        try (IngestPipeline pipeline = IngestPipeline.start(template)) {
            pipeline.put("Orders", id, "{}");
            pipeline.await(id).processed();
        }
        return 0;
    }

    private static long aDayOfRetries(IngestPipeline pipeline) {
        pipeline.clock().freeze();
        pipeline.put("Orders", "poison", "{}");
        pipeline.clock().advance(Duration.ofHours(25));
        pipeline.await("poison").deadLettered();
        return 0;
    }

    private void manyClasses() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            classes(threads, WARM_CLASSES);
            long heapBefore = heap();
            int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
            double took = millis(() -> {
                classes(threads, CLASSES);
                return 0;
            });
            report.figure("200 stacks by 2 threads, ms", took);
            report.figure("heap KB after 10 stacks", heapBefore / 1024.0);
            long heapAfter = heap();
            report.figure("heap KB after 200 more", heapAfter / 1024.0);
            report.figure("heap after over before, %", 100.0 * (heapAfter - heapBefore) / heapBefore);
            report.count("threads after 10 stacks", threadsBefore);
            report.count(
                    "threads after 200 more",
                    ManagementFactory.getThreadMXBean().getThreadCount());
        } finally {
            threads.shutdown();
        }
    }

    private void classes(ExecutorService threads, int count) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String id = "order-" + number;
            running.add(threads.submit(() -> oneEvent(id)));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    /**
     * Returns the bytes of the live objects. What a collector calls used counts garbage, too: G1 leaves regions as they are
     * in which less than a twentieth is garbage.
     */
    private static long heap() throws Exception {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (ENDING.matcher(thread.getName()).lookingAt()) {
                thread.join(MAX_MILLIS_TO_END);
            }
        }
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        String total = histogram.strip();
        return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
    }
}
