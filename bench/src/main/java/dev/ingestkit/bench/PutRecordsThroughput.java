package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.protocol.ServiceRouter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures the stream alone over HTTP: four threads put requests of 500 records of 1 KB, without the stream's own
 * limits, after a warm-up of six times as much. Other sizes are arguments: {@code PutRecordsThroughput [BYTES [RECORDS [REQUESTS]]]}; with one record to a
 * request they are calls of PutRecord. Then it reads each shard from its start: every acknowledged record must be there once, in the order of the
 * sequence numbers. The clients share the server's processors and JVM, so they send bytes prepared beforehand and parse
 * the answers afterwards.
 */
public final class PutRecordsThroughput {

    private static final String STREAM = "records";
    private static final String WARM_UP_STREAM = "warm-up";
    /** The second compiler knows the server's code by then. */
    private static final int WARM_UPS = 6;

    private static final int SHARDS = 4;
    private static final int THREADS = 4;
    private static final long RETAINED_BYTES = 600L << 20;

    private final URI server;
    private final Size size;
    private final AwsCalls calls;

    /**
     * The size of the load.
     *
     * @param bytes of each record's data
     * @param records to a request
     */
    private record Size(int bytes, int records, int requests) {

        static Size of(String[] arguments) {
            int bytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1024;
            int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
            int requests = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 400;
            return new Size(bytes, records, requests);
        }

        String headers() {
            return "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: Kinesis_20131202.%s\r\n"
                    .formatted(records == 1 ? "PutRecord" : "PutRecords");
        }
    }

    private PutRecordsThroughput(URI server, Size size) {
        this.server = server;
        this.size = size;
        this.calls = new AwsCalls(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server);
    }

    /** Runs the program; throws when a record is missing, duplicated or out of order. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("PutRecordsThroughput");
        Clock clock = Clock.systemUTC();
        try (KinesisService kinesis = new KinesisService(
                        KinesisService.Options.of("us-east-1", "000000000000", false)
                                .withMaxRetainedBytes(RETAINED_BYTES),
                        clock,
                        new Journal(clock),
                        Faults.NONE,
                        new SplittableRandom(7));
                HttpServer server = HttpServer.start(
                        HttpServerConfig.loopback(0),
                        ServiceRouter.builder().service(kinesis).build())) {
            new PutRecordsThroughput(URI.create("http://localhost:" + server.port()), Size.of(arguments))
                    .measure(report);
        }
        report.end();
    }

    private void measure(Report report) throws Exception {
        for (int round = 0; round < WARM_UPS; round++) {
            create(WARM_UP_STREAM);
            put(WARM_UP_STREAM, size.requests());
            calls.call("kinesis", "DeleteStream", AwsCalls.object().put("StreamName", WARM_UP_STREAM));
        }
        create(STREAM);
        long began = System.nanoTime();
        Duration processorBefore = ProcessFigures.cpu(ProcessHandle.current());
        long serverBefore = cpuOfServer();
        List<byte[]> answers = put(STREAM, size.requests());
        long server = cpuOfServer() - serverBefore;
        Duration processor = ProcessFigures.cpu(ProcessHandle.current()).minus(processorBefore);
        double seconds = (System.nanoTime() - began) / 1e9;
        Set<String> acknowledged = acknowledged(answers);
        report.count("records acknowledged", acknowledged.size());
        report.figure("seconds", seconds);
        report.figure("records a second", acknowledged.size() / seconds);
        report.figure("processor µs a record", processor.toNanos() / 1e3 / acknowledged.size());
        report.figure("processor µs a record, the server's threads", server / 1e3 / acknowledged.size());
        long before = System.nanoTime();
        readBack(acknowledged);
        report.count("records read back, in order", acknowledged.size());
        report.figure("records read a second", acknowledged.size() / ((System.nanoTime() - before) / 1e9));
    }

    /** Returns the processor time of the server's threads, in nanoseconds; the clients run in this JVM, too. */
    private static long cpuOfServer() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("http-"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private void create(String stream) {
        calls.call(
                "kinesis",
                "CreateStream",
                AwsCalls.object().put("StreamName", stream).put("ShardCount", SHARDS));
    }

    private List<byte[]> put(String stream, int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<byte[]>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                byte[] request = RawHttp.post(server, size.headers(), body(stream, thread));
                tasks.add(() -> putAll(request, requests / THREADS));
            }
            List<byte[]> answers = new ArrayList<>();
            for (Future<List<byte[]>> thread : threads.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
                answers.addAll(thread.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private byte[] body(String stream, int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ObjectNode request = AwsCalls.object().put("StreamName", stream);
        if (size.records() == 1) {
            fill(request, random);
        } else {
            ArrayNode records = request.putArray("Records");
            for (int index = 0; index < size.records(); index++) {
                fill(records.addObject(), random);
            }
        }
        return AwsCalls.JSON.writeValueAsBytes(request);
    }

    private void fill(ObjectNode record, SplittableRandom random) {
        byte[] data = new byte[size.bytes()];
        random.nextBytes(data);
        record.put("Data", Base64.getEncoder().encodeToString(data))
                .put("PartitionKey", "key-" + random.nextInt(10_000));
    }

    private List<byte[]> putAll(byte[] request, int requests) throws Exception {
        List<byte[]> answers = new ArrayList<>(requests);
        try (RawHttp connection = new RawHttp(server)) {
            for (int count = 0; count < requests; count++) {
                answers.add(connection.exchange(request));
            }
        }
        return answers;
    }

    private static Set<String> acknowledged(List<byte[]> answers) {
        Set<String> acknowledged = new HashSet<>();
        for (byte[] answer : answers) {
            JsonNode put = AwsCalls.read(answer);
            for (JsonNode record : put.has("Records") ? put.get("Records") : List.of(put)) {
                if (!record.has("SequenceNumber")) {
                    throw new IllegalStateException("a record was refused: " + record);
                }
                if (!acknowledged.add(record.get("SequenceNumber").asText())) {
                    throw new IllegalStateException("a sequence number was assigned twice: " + record);
                }
            }
        }
        return acknowledged;
    }

    private void readBack(Set<String> acknowledged) {
        Map<String, BigInteger> last = new HashMap<>();
        Set<String> missing = new HashSet<>(acknowledged);
        for (int shard = 0; shard < SHARDS; shard++) {
            String id = "shardId-%012d".formatted(shard);
            ObjectNode start = AwsCalls.object().put("StreamName", STREAM).put("ShardId", id);
            String iterator = calls.call("kinesis", "GetShardIterator", start.put("ShardIteratorType", "TRIM_HORIZON"))
                    .get("ShardIterator")
                    .asText();
            JsonNode page;
            do {
                page = calls.call("kinesis", "GetRecords", AwsCalls.object().put("ShardIterator", iterator));
                for (JsonNode record : page.get("Records")) {
                    take(record.get("SequenceNumber").asText(), id, last, missing);
                }
                iterator = page.get("NextShardIterator").asText();
            } while (page.get("MillisBehindLatest").asLong() > 0
                    || !page.get("Records").isEmpty());
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(missing.size() + " acknowledged records are not in the stream");
        }
    }

    private static void take(String sequence, String shard, Map<String, BigInteger> last, Set<String> missing) {
        BigInteger number = new BigInteger(sequence);
        BigInteger before = last.put(shard, number);
        if (before != null && before.compareTo(number) >= 0) {
            throw new IllegalStateException("%s: %s comes after %s".formatted(shard, sequence, before));
        }
        if (!missing.remove(sequence)) {
            throw new IllegalStateException("%s: %s was not acknowledged, or occurs twice".formatted(shard, sequence));
        }
    }
}
