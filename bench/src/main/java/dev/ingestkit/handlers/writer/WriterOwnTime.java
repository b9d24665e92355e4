package dev.ingestkit.handlers.writer;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.core.item.ItemOptions;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.HdrHistogram.Histogram;

/**
 * Measures the writer's own time for a batch of 100 events of 1 KB: reading, checking, encoding, deciding, logging. The
 * table stores every item at once, so the figure includes neither DynamoDB nor the SDK's client. The
 * measured JVM uses the C1 compiler only, as Lambda's JVMs do. The package is the writer's, whose types are not public.
 */
public final class WriterOwnTime {

    private static final String FLAG = "-XX:TieredStopAtLevel=1";
    private static final int EVENTS = 100;
    private static final int BYTES = 1024;
    private static final int WARM_UP = 200;
    private static final int BATCHES = 2_000;
    private static final int WORKERS = 16;
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/bench";

    private WriterOwnTime() {}

    /** Starts the measured JVM; with an argument, measures in this one. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.exit(startMeasuredJvm());
        }
        measure();
    }

    private static int startMeasuredJvm() throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        FLAG,
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterOwnTime.class.getName(),
                        "measure")
                .redirectInput(new File("/dev/null"))
                .inheritIO()
                .start()
                .waitFor();
    }

    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    private static void measure() {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            BatchProcessor processor = new BatchProcessor(
                    new ItemEncoder(new ItemOptions(0, false)),
                    new EventProcessor(
                            new StoringTable(),
                            message -> {
                                throw new IllegalStateException("no event should be parked: " + message);
                            },
                            ConflictPolicy.REPLACE,
                            Clock.systemUTC()),
                    workers);
            System.out.printf(Locale.ROOT, "WriterOwnTime%n  first batch ms %34.2f%n", millis(processor, 0));
            Histogram times = new Histogram(3);
            for (int batch = 1; batch <= WARM_UP + BATCHES; batch++) {
                double millis = millis(processor, batch);
                if (batch > WARM_UP) {
                    times.recordValue(Math.round(millis * 1_000));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "  batch of %d, p50 ms %29.2f%n  p99 ms %42.2f%n",
                    EVENTS,
                    times.getValueAtPercentile(50) / 1_000.0,
                    times.getValueAtPercentile(99) / 1_000.0);
        } finally {
            workers.shutdownNow();
        }
    }

    private static double millis(BatchProcessor processor, int batch) {
        KinesisEvent event = event(batch);
        WriterLog log = new WriterLog(new SilentLogger(), "bench");
        long began = System.nanoTime();
        BatchResult result = processor.process(KinesisRecords.from(event), () -> Duration.ofMinutes(1), log);
        double millis = (System.nanoTime() - began) / 1e6;
        if (result.counts().getOrDefault(Outcome.Kind.STORED, 0) != EVENTS) {
            throw new IllegalStateException("some events were not stored: " + result);
        }
        return millis;
    }

    @SuppressWarnings("JavaUtilDate") // the type of Lambda's event
    private static KinesisEvent event(int batch) {
        List<KinesisEventRecord> records = new ArrayList<>(EVENTS);
        for (int number = 0; number < EVENTS; number++) {
            String id = "batch-%d-%d".formatted(batch, number);
            String sequenceNumber = "4967%052d".formatted(batch * EVENTS + number);
            KinesisEvent.Record record = new KinesisEvent.Record();
            record.setData(ByteBuffer.wrap(payload(id)));
            record.setPartitionKey(id);
            record.setSequenceNumber(sequenceNumber);
            record.setApproximateArrivalTimestamp(new Date());
            KinesisEventRecord around = new KinesisEventRecord();
            around.setKinesis(record);
            around.setEventID("shardId-000000000000:" + sequenceNumber);
            around.setEventSourceARN(STREAM);
            records.add(around);
        }
        KinesisEvent event = new KinesisEvent();
        event.setRecords(records);
        return event;
    }

    /** Returns an order with several fields, padded to the size. */
    private static byte[] payload(String id) {
        String head = "{\"eventId\":\"%s\",\"total\":12.50,\"items\":[{\"sku\":\"a-1\",\"count\":2},{\"sku\":\"b-2\","
                + "\"count\":1}],\"customer\":{\"name\":\"Ann\",\"vip\":true,\"note\":null},\"text\":\"";
        String begun = head.formatted(id);
        return (begun + "x".repeat(BYTES - begun.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static final class StoringTable implements EventTable {

        @Override
        public WriteResult write(TableWrite write) {
            return new WriteResult.Written();
        }

        @Override
        public List<WriteResult> insert(List<TableWrite> writes) {
            return writes.stream().map(this::write).toList();
        }
    }

    static final class SilentLogger implements LambdaLogger {

        @Override
        public void log(String message) {
            // Discarded: Lambda would store the line.
        }

        @Override
        public void log(byte[] message) {
            // Discarded: Lambda would store the line.
        }
    }
}
