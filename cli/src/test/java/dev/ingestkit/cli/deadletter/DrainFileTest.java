package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.core.event.RecordOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DrainFileTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String LINES = """
        {"format":"ingest-kit/event","id":"key","payload":"one","messageId":"m-1","record":1,"records":2,\
        "kind":"on-failure","reason":"R","text":null,"stream":"arn:stream/s","shard":"shard","sequenceNumber":"1",\
        "arrivedAt":"2026-01-31T12:00:00Z"}
        {"format":"ingest-kit/event","id":"key","payload":"two","messageId":"m-1","record":2,"records":2,\
        "kind":"on-failure","reason":"R","text":null,"stream":"arn:stream/s","shard":"shard","sequenceNumber":"2",\
        "arrivedAt":"2026-01-31T12:00:00Z"}
        """;

    @TempDir
    private Path folder;

    private Path drained(String before) throws IOException {
        Path file = folder.resolve("letters.ndjson");
        Files.writeString(file, before);
        try (DrainFile drain = new DrainFile(file)) {
            DeadLetterSummary deadLetter = new DeadLetterSummary(
                    "m-1",
                    "on-failure",
                    new DeadLetterSummary.Cause("R", null, null),
                    new DeadLetterSummary.Records(2, "shard", "1", "2", NOW),
                    NOW,
                    0,
                    null,
                    null);
            drain.write(deadLetter, new Recovery.Recovered(List.of(record("1", "one"), record("2", "two")), 0));
            drain.sync();
        }
        return file;
    }

    private static ShardRecord record(String number, String data) {
        return new ShardRecord(
                new RecordOrigin("arn:stream/s", "shard", number, "key", NOW), data.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachRecordIsALineThatCanBeSent() throws IOException {
        assertThat(drained("")).hasContent(LINES);
    }

    @Test
    void anIncompleteLineOfAKilledRunIsRemoved() throws IOException {
        int half = LINES.length() / 2 - 20;

        assertThat(drained(LINES.substring(0, half))).hasContent(LINES);
    }

    @Test
    void aDeadLetterWrittenByAKilledRunIsNotWrittenTwice() throws IOException {
        assertThat(drained(LINES)).hasContent(LINES);
    }

    @Test
    void aUsersOwnLinesStayAndAreCompleted() throws IOException {
        assertThat(drained("{\"mine\":1}")).hasContent("{\"mine\":1}\n" + LINES);
    }
}
