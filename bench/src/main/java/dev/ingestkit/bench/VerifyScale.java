package dev.ingestkit.bench;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.event.EventSummary;
import dev.ingestkit.cli.verify.Verdict;
import dev.ingestkit.cli.verify.Verification;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Verifies a ledger of 1,000,000 lines by default and measures the time. The ledger is a real file, the table's listing
 * is simulated: of each 1,000 events one is missing and one has another payload. Throws when the verdict differs.
 * Run it with a small heap: {@code BENCH_HEAP=64m}.
 */
public final class VerifyScale {

    private static final int SPOILED_EACH = 1_000;

    private VerifyScale() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws IOException {
        int events = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Report report = new Report("VerifyScale");
        Path ledger = Files.createTempFile("verify-scale", ".ledger");
        try (AwsClients nobody = new AwsClients(nowhere())) {
            write(ledger, events);
            long began = System.nanoTime();
            Verdict verdict = new Verification(visitor -> stored(events, visitor), visitor -> {}, new Recovery(nobody))
                    .run(ledger, (outcome, id) -> {});
            report.count("lines", events);
            report.count("ledger MB", Files.size(ledger) >> 20);
            report.count("heap limit MB", Runtime.getRuntime().maxMemory() >> 20);
            report.figure("seconds", (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1));
            report.note(verdict.toString());
            require(verdict, events);
            report.end();
        } finally {
            Files.delete(ledger);
        }
    }

    private static void require(Verdict found, int events) {
        long spoiled = events / SPOILED_EACH;
        Verdict expected = new Verdict(events, events - 2 * spoiled, 0, spoiled, spoiled, 0, 0, 0);
        if (!found.equals(expected)) {
            throw new IllegalStateException("found %s, not %s".formatted(found, expected));
        }
    }

    private static void write(Path file, int events) throws IOException {
        try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (int number = 0; number < events; number++) {
                lines.write(("{\"number\":%d,\"id\":\"%s\",\"sha256\":\"%s\",\"status\":200,"
                                + "\"shardId\":\"shardId-000000000000\",\"sequenceNumber\":\"%056d\","
                                + "\"time\":\"2026-01-01T00:00:00Z\"}%n")
                        .formatted(number, id(number), digest(number), number));
            }
        }
    }

    private static void stored(int events, Consumer<EventSummary> visitor) {
        for (int number = 0; number < events; number++) {
            if (number % SPOILED_EACH != 1) {
                String digest = digest(number % SPOILED_EACH == 2 ? number + events : number);
                visitor.accept(new EventSummary(id(number), Instant.EPOCH, 1, "attributes", 1, "", "", digest));
            }
        }
    }

    private static String id(int number) {
        return "order-%09d".formatted(number);
    }

    private static String digest(int number) {
        return "%064x".formatted(number);
    }

    /** Nothing listens there and nothing is called: no dead letter has records to read back. */
    private static Target nowhere() {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(URI.create("http://127.0.0.1:1")),
                "us-east-1",
                Optional.empty(),
                "none",
                "bench",
                Map.of());
    }
}
