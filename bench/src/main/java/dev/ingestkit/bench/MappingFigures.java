package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.faults.FaultRules;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.inprocess.KinesisStreamSource;
import dev.ingestkit.local.inprocess.ReadPace;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.mapping.EventSourceMapping;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingEnvironment;
import dev.ingestkit.local.mapping.StreamSource;
import dev.ingestkit.local.mapping.checkpoint.InMemoryCheckpoints;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.time.RuntimeClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Measures the event source mapping alone: records per second in batches of 100 with a function that does nothing, the
 * time from a put to the function's start with a batching window of 0, and the cost of the fault hooks while there are
 * no rules, by reading a stream alternately with and without them.
 */
public final class MappingFigures {

    private static final int RECORD_BYTES = 1024;
    private static final int BATCH = 100;
    private static final int WARM_UP_PAIRS = 3;
    private static final int PAIRS = 41;
    private static final int PAIR_PUTS = 10_000;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final Invocation NOTHING = new Invocation("request", null, new byte[0], Duration.ZERO, "");

    private MappingFigures() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws InterruptedException {
        Report report = new Report("MappingFigures");
        throughput(report, 1, 1);
        throughput(report, 4, 1);
        throughput(report, 64, 10);
        latency(report);
        faultHooks(report);
        report.end();
    }

    private static MappingConfig config(String streamArn, int factor) {
        return MappingConfig.builder("mapping", "function", streamArn)
                .batchSize(BATCH)
                .parallelizationFactor(factor)
                .build();
    }

    private static EventSourceMapping mapping(
            StreamSource source, FunctionInvoker function, Journal journal, int factor) {
        return new EventSourceMapping(
                config(source.streamArn(), factor),
                MappingEnvironment.of(
                        source,
                        function,
                        (arn, body) -> CompletableFuture.failedFuture(
                                new IllegalStateException("the mapping has no destination")),
                        new InMemoryCheckpoints(),
                        journal,
                        Clock.systemUTC()));
    }

    private static void throughput(Report report, int shards, int factor) throws InterruptedException {
        FunctionInvoker function = (name, payload) -> CompletableFuture.completedFuture(NOTHING);
        Journal journal = new Journal(Clock.systemUTC());
        try (EventSourceMapping mapping = mapping(new EndlessStream(shards), function, journal, factor)) {
            mapping.start().join();
            TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
            long before = mapping.metrics().delivered();
            long began = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
            double seconds = (System.nanoTime() - began) / 1e9;
            report.figure(
                    "records/s, %d shards, parallelization %d".formatted(shards, factor),
                    (mapping.metrics().delivered() - before) / seconds);
        }
    }

    private static KinesisService kinesis(Journal journal, Faults faults) {
        return new KinesisService(
                KinesisService.Options.of("us-east-1", "000000000000", false),
                Clock.systemUTC(),
                journal,
                faults,
                new SplittableRandom(1));
    }

    private static void latency(Report report) throws InterruptedException {
        Journal journal = new Journal(Clock.systemUTC());
        LinkedBlockingQueue<Long> starts = new LinkedBlockingQueue<>();
        FunctionInvoker function = (name, payload) -> {
            starts.add(System.nanoTime());
            return CompletableFuture.completedFuture(NOTHING);
        };
        Histogram micros = new Histogram(3);
        try (KinesisService kinesis = kinesis(journal, Faults.NONE)) {
            StreamHandle stream = kinesis.createStream(StreamSpecification.provisioned("events", 1));
            StreamSource source = new KinesisStreamSource(
                    stream, journal, Faults.NONE, Runnable::run, () -> ReadPace.of(RuntimeClock.system()));
            try (EventSourceMapping mapping = mapping(source, function, journal, 1)) {
                mapping.start().join();
                for (int count = 0; count < 3_000; count++) {
                    long put = System.nanoTime();
                    put(kinesis);
                    long start = starts.take();
                    if (count >= 1_000) {
                        micros.recordValue((start - put) / 1_000);
                    }
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
                }
            }
        }
        report.figure("PutRecord to function start, p50 ms", micros.getValueAtPercentile(50) / 1000.0);
        report.figure("PutRecord to function start, p99 ms", micros.getValueAtPercentile(99) / 1000.0);
    }

    /**
     * Each record's put passes the hook. The median of the pairs' ratios counts; on a busy machine the fastest run of
     * each kind tells the same.
     */
    private static void faultHooks(Report report) {
        double[] ratios = new double[PAIRS];
        double fastestWith = Double.MAX_VALUE;
        double fastestWithout = Double.MAX_VALUE;
        for (int pair = -WARM_UP_PAIRS; pair < PAIRS; pair++) {
            boolean hooksFirst = pair % 2 == 0;
            double first = nanosPerPut(hooksFirst);
            double second = nanosPerPut(!hooksFirst);
            if (pair >= 0) {
                double with = hooksFirst ? first : second;
                double without = hooksFirst ? second : first;
                ratios[pair] = with / without;
                fastestWith = Math.min(fastestWith, with);
                fastestWithout = Math.min(fastestWithout, without);
            }
        }
        Arrays.sort(ratios);
        report.figure("a put without fault hooks, fastest ns", fastestWithout);
        report.figure("with hooks and no rules, fastest ns", fastestWith);
        report.figure("with hooks and no rules, median ratio", ratios[PAIRS / 2]);
    }

    private static double nanosPerPut(boolean hooks) {
        Faults faults = hooks ? new FaultRules((rule, target) -> {}) : Faults.NONE;
        try (KinesisService kinesis = kinesis(new Journal(Clock.systemUTC()), faults)) {
            kinesis.createStream(StreamSpecification.provisioned("events", 1));
            long began = System.nanoTime();
            for (int count = 0; count < PAIR_PUTS; count++) {
                put(kinesis);
            }
            return (System.nanoTime() - began) / (double) PAIR_PUTS;
        }
    }

    private static void put(KinesisService kinesis) {
        ObjectNode input = JsonNodeFactory.instance
                .objectNode()
                .put("StreamName", "events")
                .put("PartitionKey", "key")
                .put("Data", Base64.getEncoder().encodeToString(new byte[RECORD_BYTES]));
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        kinesis.handle(new ServiceRequest("PutRecord", input, "request", ServiceRequest.Wire.JSON_1_1, http))
                .toCompletableFuture()
                .join();
    }

    /** A stream whose shards never run out of records, so that the figure is the mapping's own speed. */
    private static final class EndlessStream implements StreamSource {

        private static final int KEYS = 1_000;

        private final int shards;
        private final byte[] data = new byte[RECORD_BYTES];

        EndlessStream(int shards) {
            this.shards = shards;
        }

        @Override
        public String streamArn() {
            return "arn:aws:kinesis:us-east-1:000000000000:stream/endless";
        }

        @Override
        public CompletionStage<List<Shard>> shards() {
            return CompletableFuture.completedFuture(IntStream.range(0, shards)
                    .mapToObj(index -> new Shard("shardId-%012d".formatted(index), null, null, false))
                    .toList());
        }

        @Override
        public CompletionStage<ShardReader> open(String shardId, Position position) {
            return CompletableFuture.completedFuture(new EndlessReader(data));
        }

        private static final class EndlessReader implements ShardReader {

            private final byte[] data;
            private long next = 1L << 60;

            EndlessReader(byte[] data) {
                this.data = data;
            }

            @Override
            public CompletionStage<Records> read(int limit) {
                Instant now = Instant.now();
                List<StreamRecord> records = new ArrayList<>(limit);
                for (int count = 0; count < limit; count++) {
                    long number = next++;
                    records.add(new StreamRecord(
                            new SequenceNumber("4966000000000000000000000000000000000" + number),
                            "key-" + number % KEYS,
                            data,
                            now,
                            null));
                }
                return CompletableFuture.completedFuture(new Records(records, false, 0));
            }

            @Override
            public CompletionStage<Void> awaitRecords() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void close() {
                // The stream holds no resources.
            }
        }
    }
}
