package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.MemoryStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures snapshots of a runtime whose stream and table have the same events: the time of a save and of a load, and how
 * long a writer waits at most while a save runs, beside the same time without one. Once with the data in memory, once in
 * a directory. Before that, how long a store with as many entries makes its writers wait for a view, which is the only
 * time in which they do. Takes the number of events (100,000 by default) and their size in bytes (1,024 by default). It runs in its own
 * process, without functions, and needs memory: {@code BENCH_HEAP=3g bench/run Snapshots}.
 */
public final class Snapshots {

    private static final String TEMPLATE = """
        Resources:
          Events: { Type: AWS::Kinesis::Stream, Properties: { Name: events, ShardCount: 2 } }
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: table
              BillingMode: PAY_PER_REQUEST
              KeySchema: [ { AttributeName: p, KeyType: HASH } ]
              AttributeDefinitions: [ { AttributeName: p, AttributeType: S } ]
        """;

    private static final int RECORDS_OF_A_CALL = 500;
    private static final int ITEMS_OF_A_CALL = 25;
    private static final int WRITERS = 2;
    private static final int RUNS = 5;
    private static final int VIEWS = 200;
    private static final int MAPS = 20;

    private Snapshots() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws Exception {
        int events = arguments.length < 1 ? 100_000 : Integer.parseInt(arguments[0]);
        int bytes = arguments.length < 2 ? 1024 : Integer.parseInt(arguments[1]);
        Report report = new Report("Snapshots");
        report.count("events", events);
        report.count("bytes of an event", bytes);
        report.figure("longest of 200 views of a store, ms", longestView(events));
        try (TemporaryFolder folder = TemporaryFolder.create("snapshots")) {
            Path template = folder.path().resolve("template.yaml");
            Files.writeString(template, TEMPLATE);
            LocalRuntimeConfig inMemory =
                    LocalRuntimeConfig.of(template).withPort(0).withLimits(false);
            measure(report, "in memory", inMemory.withSnapshots(folder.path().resolve("of-memory")), events, bytes);
            measure(
                    report,
                    "with --data",
                    inMemory.withData(folder.path().resolve("data"))
                            .withSnapshots(folder.path().resolve("of-data")),
                    events,
                    bytes);
        }
        report.end();
    }

    private static void measure(Report report, String mode, LocalRuntimeConfig config, int events, int bytes)
            throws Exception {
        try (LocalRuntime runtime = LocalRuntime.start(config)) {
            AwsCalls calls = new AwsCalls(HttpClient.newHttpClient(), runtime.endpoint());
            runtime.snapshots().save("empty", false);
            fill(calls, events, bytes);
            double[] saves = new double[RUNS];
            double[] loads = new double[RUNS];
            double[] empty = new double[RUNS];
            double[] loadSeconds = new double[RUNS];
            double longestAlone = 0;
            double longestWithSave = 0;
            for (int run = 0; run < RUNS; run++) {
                String name = "run-" + run;
                try (Writers writers = new Writers(calls)) {
                    long began = System.nanoTime();
                    runtime.snapshots().save(name, false);
                    saves[run] = millis(began);
                    longestWithSave = Math.max(longestWithSave, writers.longestSince());
                    LockSupport.parkNanos((long) (saves[run] * 1e6));
                    longestAlone = Math.max(longestAlone, writers.longestSince());
                }
                empty[run] = load(runtime, "empty");
                double before = processorSeconds();
                loads[run] = load(runtime, name);
                loadSeconds[run] = processorSeconds() - before;
            }
            report.figure("save, median ms, " + mode, median(saves));
            report.figure("longest put during a save, ms, " + mode, longestWithSave);
            report.figure("longest put without, ms, " + mode, longestAlone);
            report.figure("load, median ms, " + mode, median(loads));
            report.figure("load, median processor s, " + mode, median(loadSeconds));
            report.figure("load of an empty one, median ms, " + mode, median(empty));
        }
    }

    /** Returns the longest time for which a view has made the writers of a store wait, in milliseconds. */
    private static double longestView(int entries) {
        try (MemoryStore store = new MemoryStore()) {
            for (int at = 0; at < entries; at++) {
                store.commit(entry(at));
            }
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int at = 0; !stopped.get(); at++) {
                    store.commit(entry(at % entries));
                }
            });
            double longest = 0;
            for (int view = 0; view < VIEWS; view++) {
                long began = System.nanoTime();
                store.view();
                longest = Math.max(longest, millis(began));
            }
            stopped.set(true);
            writer.join();
            return longest;
        }
    }

    private static Batch entry(int number) {
        byte[] key = ByteBuffer.allocate(Long.BYTES)
                .putLong(number * 0x9E37_79B9_7F4A_7C15L)
                .array();
        return new Batch().put("map-" + number % MAPS, key, key);
    }

    private static double load(LocalRuntime runtime, String name) throws IOException {
        long began = System.nanoTime();
        runtime.snapshots().load(name);
        return millis(began);
    }

    private static double processorSeconds() {
        return ProcessFigures.cpu(ProcessHandle.current()).toMillis() / 1e3;
    }

    private static double millis(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void fill(AwsCalls calls, int events, int bytes) {
        byte[] payload = new byte[bytes];
        new Random(7).nextBytes(payload);
        String data = Base64.getEncoder().encodeToString(payload);
        for (int from = 0; from < events; from += RECORDS_OF_A_CALL) {
            ObjectNode put = AwsCalls.object().put("StreamName", "events");
            ArrayNode records = put.putArray("Records");
            for (int at = from; at < Math.min(events, from + RECORDS_OF_A_CALL); at++) {
                records.addObject().put("PartitionKey", "event-" + at).put("Data", data);
            }
            calls.call("kinesis", "PutRecords", put);
        }
        for (int from = 0; from < events; from += ITEMS_OF_A_CALL) {
            ObjectNode write = AwsCalls.object();
            ArrayNode puts = write.putObject("RequestItems").putArray("table");
            for (int at = from; at < Math.min(events, from + ITEMS_OF_A_CALL); at++) {
                ObjectNode item = puts.addObject().putObject("PutRequest").putObject("Item");
                item.putObject("p").put("S", "event-" + at);
                item.putObject("data").put("B", data);
            }
            calls.call("dynamodb", "BatchWriteItem", write);
        }
    }

    /** Threads that put records one after another and note the longest call. */
    private static final class Writers implements AutoCloseable {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicLong longestNanos = new AtomicLong();
        private final List<CompletableFuture<Void>> threads = new ArrayList<>();

        Writers(AwsCalls calls) {
            for (int writer = 0; writer < WRITERS; writer++) {
                threads.add(CompletableFuture.runAsync(() -> write(calls)));
            }
        }

        private void write(AwsCalls calls) {
            while (!stopped.get()) {
                long began = System.nanoTime();
                calls.call(
                        "kinesis",
                        "PutRecord",
                        AwsCalls.object()
                                .put("StreamName", "events")
                                .put("PartitionKey", Long.toString(began))
                                .put("Data", "cGF5bG9hZA=="));
                longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
            }
        }

        /** Returns the longest call since the last time, in milliseconds. */
        double longestSince() {
            return longestNanos.getAndSet(0) / 1e6;
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.forEach(CompletableFuture::join);
        }
    }
}
