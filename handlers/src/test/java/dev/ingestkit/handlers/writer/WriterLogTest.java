package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.core.event.RecordOrigin;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WriterLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();
    private final WriterLog log = new WriterLog(new Kept(lines), "invocation-1");

    @Test
    void batchIsIdentifiedByShardAndSequenceNumbers() throws IOException {
        log.batch(
                List.of(record("100"), record("101"), record("105")),
                new BatchResult(Map.of(Outcome.Kind.STORED, 2, Outcome.Kind.PARKED, 1), null));

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("INFO {").endsWith("}\n");
        assertThat(JSON.readTree(lines.get(0).substring("INFO ".length()))).isEqualTo(JSON.readTree("""
            {"level": "INFO", "event": "batch", "invocationId": "invocation-1", "records": 3,
             "shard": "shardId-000000000001", "firstSequenceNumber": "100", "lastSequenceNumber": "105",
             "stored": 2, "duplicate": 0, "superseded": 0, "kept": 0, "parked": 1, "stopped": 0,
             "reported": null}\
            """));
    }

    @Test
    void stoppedRecordIsLoggedWithItsReasonButNotItsPayload() throws IOException {
        log.record(record("100").origin(), new Outcome.Stopped("throttled"));

        assertThat(JSON.readTree(lines.get(0).substring("ERROR ".length()))).isEqualTo(JSON.readTree("""
            {"level": "ERROR", "event": "stopped", "invocationId": "invocation-1",
             "shard": "shardId-000000000001", "sequenceNumber": "100", "reason": "throttled"}\
            """));
    }

    private static EventRecord record(String sequenceNumber) {
        return new EventRecord(
                "{\"secret\":1}".getBytes(UTF_8),
                new RecordOrigin("arn:s", "shardId-000000000001", sequenceNumber, "key", Instant.EPOCH));
    }

    /** A logger like Lambda's, with levels. Refuses strings, since Lambda would wrap them in JSON of its own. */
    private record Kept(List<String> lines) implements LambdaLogger {
        @Override
        public void log(String message) {
            throw new AssertionError("a string would be wrapped: " + message);
        }

        @Override
        public void log(byte[] message) {
            throw new AssertionError("without a level nothing can be filtered: " + new String(message, UTF_8));
        }

        @Override
        public void log(byte[] message, LogLevel level) {
            lines.add(level + " " + new String(message, UTF_8));
        }
    }
}
