package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.ingestkit.bench.DynamoTables;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.core.item.ItemOptions;
import dev.ingestkit.local.TableServer;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Measures the writer's processor time for an event of 1 KB with the SDK's client: stored by a call of its own, and by
 * common inserts, in turn, for batches of several sizes. The table is another process's, so its time is left out. The
 * measured JVM uses the C1 compiler only, as Lambda's JVMs do. The package is the writer's, whose types are not public.
 */
public final class WriterCallTime {

    private static final int BYTES = 1024;
    private static final int WARM_UP = 4_000;
    private static final int EVENTS = 2_000;
    private static final int ROUNDS = 3;
    private static final int WORKERS = 16;
    private static final int[] BATCHES = {2, 5, 25, 100};
    private static final String TABLE = "events";

    private final DynamoDbClient client;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    private int events;

    private WriterCallTime(DynamoDbClient client) {
        this.client = client;
    }

    /** Starts a table and the measured JVM; with its endpoint as argument, measures in this one. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            try (TableServer server = TableServer.start(0, Region.US_EAST_1.id(), null)) {
                DynamoTables.create(server.endpoint(), TABLE, "eventId", "part");
                System.exit(startMeasuredJvm(server.endpoint().toString()));
            }
        }
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(URI.create(arguments[0]))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            WriterCallTime program = new WriterCallTime(client);
            program.measure();
            program.workers.shutdownNow();
        }
    }

    private static int startMeasuredJvm(String endpoint) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dhttp.maxConnections=" + WORKERS,
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterCallTime.class.getName(),
                        endpoint)
                .redirectInput(new File("/dev/null"))
                .inheritIO()
                .start()
                .waitFor();
    }

    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    private void measure() {
        EventTable inserts = new DynamoDbTable(client, TABLE);
        EventTable calls = new SingleCalls(inserts);
        for (EventTable table : List.of(calls, inserts)) {
            microseconds(table, 25, WARM_UP);
        }
        System.out.printf(Locale.ROOT, "WriterCallTime: processor microseconds an event%n");
        for (int batch : BATCHES) {
            for (int round = 0; round < ROUNDS; round++) {
                double single = microseconds(calls, batch, EVENTS);
                double common = microseconds(inserts, batch, EVENTS);
                System.out.printf(
                        Locale.ROOT,
                        "  batches of %3d: single calls %4.0f, common inserts %4.0f, ratio %.2f%n",
                        batch,
                        single,
                        common,
                        common / single);
            }
        }
    }

    /** Returns the processor time of this process for an event. */
    private double microseconds(EventTable table, int size, int count) {
        BatchProcessor processor = new BatchProcessor(
                new ItemEncoder(ItemOptions.DEFAULT),
                new EventProcessor(
                        table,
                        message -> {
                            throw new IllegalStateException("no event should be parked: " + message);
                        },
                        ConflictPolicy.REPLACE,
                        Clock.systemUTC()),
                workers);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long began = system.getProcessCpuTime();
        for (int done = 0; done < count; done += size) {
            BatchResult result = processor.process(
                    batch(size), () -> Duration.ofMinutes(1), new WriterLog(new WriterOwnTime.SilentLogger(), "bench"));
            if (result.counts().getOrDefault(Outcome.Kind.STORED, 0) != size) {
                throw new IllegalStateException("some events were not stored: " + result);
            }
        }
        return (system.getProcessCpuTime() - began) / 1e3 / count;
    }

    private List<EventRecord> batch(int size) {
        List<EventRecord> records = new ArrayList<>(size);
        for (int number = 0; number < size; number++) {
            String id = "event-" + events++;
            records.add(new EventRecord(
                    payload(id), new RecordOrigin("arn:s", "shard", Integer.toString(events), id, Instant.EPOCH)));
        }
        return records;
    }

    private static byte[] payload(String id) {
        String head = "{\"kind\":\"order.placed\",\"order\":\"%s\",\"amount\":129.95,\"items\":[1,2,3],\"note\":\""
                .formatted(id);
        return (head + "x".repeat(BYTES - head.length() - 2) + "\"}").getBytes(UTF_8);
    }

    /** Leaves every event to a call of its own. */
    private record SingleCalls(EventTable table) implements EventTable {

        @Override
        public WriteResult write(TableWrite write) {
            return table.write(write);
        }

        @Override
        public List<WriteResult> insert(List<TableWrite> writes) {
            return Collections.nCopies(writes.size(), new WriteResult.Unexpected(null));
        }
    }
}
