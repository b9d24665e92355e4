package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.core.event.EventVersion;
import dev.ingestkit.core.event.PayloadDigest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Checks that the tool lists and drains a large table and a large queue within a small heap: each command runs in a JVM
 * of its own with {@code -Xmx128m}. Argument: the number of items and dead letters (100,000).
 */
public final class LargeListings {

    private static final int MANY = 100_000;
    private static final int ITEMS_AT_ONCE = 25;
    private static final int MESSAGES_AT_ONCE = 10;
    private static final String HEAP = "-Xmx128m";

    private LargeListings() {}

    /** Runs the program; throws when a command fails or shows a wrong number. */
    public static void main(String[] arguments) throws Exception {
        int many = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MANY;
        Report report = new Report("LargeListings");
        try (Pipeline pipeline = Pipeline.start()) {
            fillTable(pipeline, many);
            fillQueue(pipeline, many);
            report.count("items and dead letters", many);
            run(report, pipeline, many, "inspect", "--limit", "0", "-o", "name");
            run(report, pipeline, many, "inspect", "--limit", "0", "-o", "json", "--since", "2020-01-01");
            run(report, pipeline, many, "dlq", "list", "--limit", "0", "-o", "ndjson");
            Path file = Pipeline.HOME.resolve("bench/target/letters.ndjson");
            Files.deleteIfExists(file);
            run(report, pipeline, 1, "dlq", "drain", file.toString(), "-o", "ndjson");
            report.count("lines drained", lines(file));
            if (lines(file) != many) {
                throw new IllegalStateException("some dead letters were not drained");
            }
            report.end();
        }
    }

    /** Writes items in the writer's layout, as far as a listing reads it. */
    private static void fillTable(Pipeline pipeline, int many) {
        for (int from = 0; from < many; from += ITEMS_AT_ONCE) {
            ObjectNode request = AwsCalls.object();
            ArrayNode puts =
                    request.putObject("RequestItems").putArray(pipeline.table().name());
            for (int number = from; number < Math.min(many, from + ITEMS_AT_ONCE); number++) {
                item(puts.addObject().putObject("PutRequest").putObject("Item"), number);
            }
            pipeline.calls().call("dynamodb", "BatchWriteItem", request);
        }
    }

    private static void item(ObjectNode item, int number) {
        Instant arrived = Instant.parse("2026-01-31T12:00:00Z").plusMillis(number);
        item.putObject("eventId").put("S", "event-" + number);
        item.putObject("part").put("N", "0");
        item.putObject("text").put("S", "x".repeat(200));
        ObjectNode known = item.putObject("_ingest").putObject("M");
        known.putObject("layout").put("N", "1");
        known.putObject("version")
                .put("S", EventVersion.of(arrived, Integer.toString(number)).value());
        known.putObject("arrivedAt").put("S", arrived.toString());
        known.putObject("sequenceNumber").put("S", Integer.toString(number));
        known.putObject("shard").put("S", "shardId-000000000000");
        known.putObject("sha256").put("S", "0".repeat(64));
        known.putObject("size").put("N", "215");
        known.putObject("encoding").put("S", "attributes");
        known.putObject("parts").put("N", "1");
    }

    private static void fillQueue(Pipeline pipeline, int many) {
        String queue = pipeline.calls()
                .call("sqs", "GetQueueUrl", AwsCalls.object().put("QueueName", "ingest-kit-DeadLetterQueue"))
                .get("QueueUrl")
                .asText();
        for (int from = 0; from < many; from += MESSAGES_AT_ONCE) {
            ObjectNode request = AwsCalls.object().put("QueueUrl", queue);
            ArrayNode entries = request.putArray("Entries");
            for (int number = from; number < Math.min(many, from + MESSAGES_AT_ONCE); number++) {
                entries.addObject().put("Id", "m" + number).put("MessageBody", deadLetter(number));
            }
            pipeline.calls().call("sqs", "SendMessageBatch", request);
        }
    }

    private static String deadLetter(int number) {
        String payload = "no json " + number;
        ObjectNode deadLetter = AwsCalls.object()
                .put("format", "ingest-kit/parked")
                .put("version", 1)
                .put("code", "NOT_JSON")
                .put("reason", "the payload is not JSON text from byte 0 on")
                .put("stream", "arn:aws:kinesis:us-east-1:000000000000:stream/ingest-kit-events")
                .put("shard", "shardId-000000000000")
                .put("sequenceNumber", Integer.toString(number))
                .put("partitionKey", "device-" + number)
                .put("arrivedAt", "2026-01-31T12:00:00Z")
                .put("size", payload.length())
                .put("sha256", PayloadDigest.sha256(payload.getBytes(StandardCharsets.UTF_8)));
        deadLetter.putObject("payload").put("encoding", "utf8").put("data", payload);
        return deadLetter.toString();
    }

    private static void run(Report report, Pipeline pipeline, int expected, String... arguments)
            throws IOException, InterruptedException {
        String name = String.join(" ", arguments);
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                Pipeline.HOME.resolve("cli/target/ingest-cli.jar").toString(),
                "dev.ingestkit.cli.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--endpoint-url", pipeline.endpoint()));
        Path out = Pipeline.HOME.resolve("bench/target/listing.out");
        Path err = Pipeline.HOME.resolve("bench/target/listing.err");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " failed: " + Files.readString(err));
        }
        report.figure(name.replaceAll(" \\S*/\\S*", "") + " s", (System.nanoTime() - began) / 1e9);
        long shown = List.of(arguments).contains("json") ? count(out, "\"id\"") : lines(out);
        if (shown != expected) {
            throw new IllegalStateException("%s shows %d of %d".formatted(name, shown, expected));
        }
    }

    private static long lines(Path file) throws IOException {
        return count(file, "");
    }

    private static long count(Path file, String mark) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return lines.lines().filter(line -> line.contains(mark)).count();
        }
    }
}
