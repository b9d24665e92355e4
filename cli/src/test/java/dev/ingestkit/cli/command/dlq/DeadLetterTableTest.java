package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.deadletter.DeadLetterGroups;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputSettings;
import dev.ingestkit.cli.output.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of dead letters on terminals of several widths. */
final class DeadLetterTableTest {

    private static final Path FILES =
            Path.of(requireNonNull(System.getProperty("ingest.root"))).resolve("cli/src/test/golden/dead-letters");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String EXHAUSTED = "RetryAttemptsExhausted";
    private static final String NOT_JSON = "the payload ends in the middle of a value";

    private static String table(int width, List<Column> columns, List<?> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Output output = new Output(
                stream,
                stream,
                new Terminal(true, true, true, width, false, true),
                OutputSettings.DEFAULT,
                Clock.fixed(NOW, ZoneOffset.UTC));
        try (Output.Records records = output.list(columns)) {
            rows.forEach(records::add);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DeadLetterSummary deadLetter(int number, String kind, DeadLetterSummary.Cause cause, int records) {
        String sequence = "4967000000000000000000000000000000000000000000000001%04d".formatted(number);
        DeadLetterSummary.Records range = new DeadLetterSummary.Records(
                records, "shardId-00000000000" + number % 2, sequence, sequence, NOW.minusSeconds(400L * number));
        return new DeadLetterSummary(
                "%08x-76f8-42bd-97f5-ae7ccc2c7883".formatted(0x5f978347L + number * 7919L),
                kind,
                cause,
                range,
                NOW.minusSeconds(300L * number),
                0,
                null,
                null);
    }

    private static DeadLetterSummary failed(int number, @Nullable String event) {
        return deadLetter(
                number,
                "on-failure",
                new DeadLetterSummary.Cause(EXHAUSTED, "function error Unhandled", event),
                event == null ? 3 : 1);
    }

    private static DeadLetterSummary parked(int number, String event) {
        return deadLetter(number, "parked", new DeadLetterSummary.Cause("NOT_JSON", NOT_JSON, event), 1);
    }

    /** Compares with a golden file, which -Dingest.update=true writes; no line is wider than the terminal. */
    private static void assertTable(String name, int width, String table) throws IOException {
        Path file = FILES.resolve("%s-%d.txt".formatted(name, width));
        if (Boolean.getBoolean("ingest.update")) {
            Files.createDirectories(FILES);
            Files.writeString(file, table);
        }

        assertThat(table).isEqualTo(Files.readString(file));
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
    }

    private static List<DeadLetterSummary> mixed() {
        return List.of(failed(1, "ann"), failed(2, null), parked(3, "order-17"), failed(4, "bob"));
    }

    private static List<DeadLetterSummary> alike() {
        return List.of(failed(2, "ann"), failed(4, "bob"), failed(6, "a-customer-with-a-long-name"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void deadLettersOfSeveralKindsFitTheWidthWithTheReasonWhole(int width) throws IOException {
        assertTable("mixed", width, table(width, DlqListCommand.COLUMNS, mixed()));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void columnsWithOneValueAreLeftOut(int width) throws IOException {
        assertTable("alike", width, table(width, DlqListCommand.COLUMNS, alike()));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void resultsOfARedriveFitTheWidthWithTheirDetail(int width) throws IOException {
        List<Redrive.Result> results = List.of(
                new Redrive.Result(failed(1, "ann"), "redriven", 1, 0, NOW.plusSeconds(80_000), "by stream"),
                new Redrive.Result(failed(2, null), "expired", 0, 3, null, "3 records have expired from the stream"),
                new Redrive.Result(
                        parked(3, "order-17"),
                        "failed",
                        0,
                        0,
                        NOW.plusSeconds(70_000),
                        "function error: value of 'total'"));
        assertTable("redriven", width, table(width, RedriveRun.COLUMNS, results));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 140})
    void thousandsAreCountedByReason(int width) throws IOException {
        DeadLetterGroups groups = new DeadLetterGroups();
        for (int number = 0; number < 3_000; number++) {
            groups.add(number % 3 == 0 ? parked(number, "e-" + number) : failed(number, null));
        }
        assertTable("summary", width, table(width, DlqListCommand.SUMMARY, groups.all()));
    }
}
