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
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
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

/**
 * The stream alone, over HTTP: four threads put requests of 500 records of 1 KB each, the stream's own limits off. Then
 * each shard is read from its start: every acknowledged record has to be there, once, in the order of the sequence
 * numbers.
 */
public final class PutRecordsThroughput {

    private static final String STREAM = "records";
    private static final int SHARDS = 4;
    private static final int THREADS = 4;
    private static final int RECORDS = 500;
    private static final int BYTES = 1024;
    private static final int REQUESTS = 80;
    private static final int WARM_UP = 60;

    private final AwsCalls calls;

    private PutRecordsThroughput(AwsCalls calls) {
        this.calls = calls;
    }

    /** Ends with an exception when a record is missing, doubled or out of order. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("PutRecordsThroughput");
        Clock clock = Clock.systemUTC();
        try (KinesisService kinesis = new KinesisService(
                        KinesisService.Options.of("us-east-1", "000000000000", false),
                        clock,
                        new Journal(clock),
                        Faults.NONE,
                        new SplittableRandom(7));
                HttpServer server = HttpServer.start(
                        HttpServerConfig.loopback(0),
                        ServiceRouter.builder().service(kinesis).build())) {
            AwsCalls calls = new AwsCalls(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                    URI.create("http://localhost:" + server.port()));
            PutRecordsThroughput program = new PutRecordsThroughput(calls);
            calls.call(
                    "kinesis",
                    "CreateStream",
                    AwsCalls.object().put("StreamName", STREAM).put("ShardCount", SHARDS));
            Set<String> acknowledged = new HashSet<>(program.put(WARM_UP));
            long began = System.nanoTime();
            List<String> measured = program.put(REQUESTS);
            double seconds = (System.nanoTime() - began) / 1e9;
            acknowledged.addAll(measured);
            report.count("records acknowledged", measured.size());
            report.figure("records a second", measured.size() / seconds);
            long before = System.nanoTime();
            program.readBack(acknowledged);
            report.count("records read back, in order", acknowledged.size());
            report.figure("records read a second", acknowledged.size() / ((System.nanoTime() - before) / 1e9));
            report.end();
        }
    }

    /** Each thread sends a body that is written before: what the client costs shall not be in the figure. */
    private List<String> put(int requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                byte[] body = body(thread);
                tasks.add(() -> putAll(body, requests / THREADS));
            }
            List<String> acknowledged = new ArrayList<>();
            for (Future<List<String>> answer : threads.invokeAll(tasks, 2, TimeUnit.MINUTES)) {
                acknowledged.addAll(answer.get());
            }
            return acknowledged;
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] body(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ObjectNode request = AwsCalls.object().put("StreamName", STREAM);
        ArrayNode records = request.putArray("Records");
        for (int index = 0; index < RECORDS; index++) {
            byte[] data = new byte[BYTES];
            random.nextBytes(data);
            records.addObject()
                    .put("Data", Base64.getEncoder().encodeToString(data))
                    .put("PartitionKey", "key-" + random.nextInt(10_000));
        }
        return AwsCalls.JSON.writeValueAsBytes(request);
    }

    private List<String> putAll(byte[] body, int requests) {
        List<String> acknowledged = new ArrayList<>();
        for (int request = 0; request < requests; request++) {
            for (JsonNode record : calls.call("kinesis", "PutRecords", body).get("Records")) {
                if (!record.has("SequenceNumber")) {
                    throw new IllegalStateException("a record was refused: " + record);
                }
                acknowledged.add(record.get("SequenceNumber").asText());
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
            throw new IllegalStateException(
                    "%s: %s was not acknowledged, or is there twice".formatted(shard, sequence));
        }
    }
}
