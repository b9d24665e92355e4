package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.core.item.ItemOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A batch processor on a table and a queue in memory, with the lines that it logs. */
final class WriterRig implements AutoCloseable {

    static final Duration AMPLE = Duration.ofSeconds(60);

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    final MemoryTable table = new MemoryTable();
    final MemoryQueue queue = new MemoryQueue();
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    private final ExecutorService workers;

    WriterRig() {
        this(Executors.newFixedThreadPool(8));
    }

    /** Creates a rig over threads that {@link #close} stops, unless the caller does. */
    WriterRig(ExecutorService workers) {
        this.workers = workers;
    }

    BatchResult process(List<EventRecord> records) {
        return process(ConflictPolicy.REPLACE, records, () -> AMPLE);
    }

    BatchResult process(ConflictPolicy policy, List<EventRecord> records, BatchRun.RemainingTime remaining) {
        return process(processor(table, policy), records, remaining);
    }

    BatchResult process(BatchProcessor processor, List<EventRecord> records, BatchRun.RemainingTime remaining) {
        return processor.process(records, remaining, new WriterLog(logger(), "request-1"));
    }

    /** Processes records of which the write of id "stuck" does not end in time, after another write has begun. */
    BatchResult processHanging(List<EventRecord> records) throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        table.answering(write -> {
            begun.countDown();
            if (!write.eventId().equals("stuck")) {
                return WriteResult.Kind.WRITTEN;
            }
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return WriteResult.Kind.FAILED;
        });
        BatchResult result = process(
                ConflictPolicy.REPLACE,
                records,
                () -> begun.getCount() > 0 ? Duration.ofSeconds(10) : Duration.ofMillis(1_750));
        hangs.countDown();

        if (begun.getCount() > 0) {
            throw new AssertionError("another write should have begun");
        }
        return result;
    }

    /** Creates a processor, which remembers how its inserts went, on a table. */
    BatchProcessor processor(EventTable events, ConflictPolicy policy) {
        return new BatchProcessor(
                new ItemEncoder(ItemOptions.DEFAULT),
                new EventProcessor(events, queue, policy, Clock.fixed(START, ZoneOffset.UTC)),
                workers);
    }

    private LambdaLogger logger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                lines.add(message);
            }

            @Override
            public void log(byte[] message) {
                lines.add(new String(message, UTF_8));
            }
        };
    }

    static EventRecord record(int sequence, String key, String payload) {
        return new EventRecord(
                payload.getBytes(UTF_8),
                new RecordOrigin(
                        "arn:s", "shardId-000000000000", Integer.toString(sequence), key, START.plusMillis(sequence)));
    }

    /** Returns a text that does not compress well, without quotes and backslashes. */
    static String noise(int length) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) random.nextInt('#', '['));
        }
        return text.toString();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
