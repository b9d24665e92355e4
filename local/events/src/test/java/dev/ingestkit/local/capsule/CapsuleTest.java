package dev.ingestkit.local.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CapsuleTest {

    private static final String EVENT =
            "{\"Records\":[{\"messageId\":\"1\",\"body\":\"a\"},{\"messageId\":\"2\",\"body\":\"b\"}],\"total\":1.50}";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Capsule capsule(String event) throws IOException {
        return new Capsule(
                "bad",
                Instant.EPOCH,
                "it failed",
                new Capsule.Source("Worker", "hash"),
                new CapsuleContents.Event(Json.exactMapper().readTree(event)),
                Json.mapper().createObjectNode());
    }

    @Test
    void anEventOfAnySourceIsReadAsItWasReceived() throws IOException {
        Capsule read = Capsule.parse(capsule(EVENT).json());
        assertThat(new String(read.event(), StandardCharsets.UTF_8)).isEqualTo(EVENT);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.contents().isBatch()).isTrue();
        assertThat(read.source()).isEqualTo(new Capsule.Source("Worker", "hash"));
    }

    @Test
    void anEventThatIsNoBatchHasSizeOne() throws IOException {
        assertThat(capsule("{\"id\":1}").size()).isEqualTo(1);
        assertThat(capsule("[1,2]").contents().isBatch()).isFalse();
        assertThat(capsule("\"text\"").size()).isEqualTo(1);
    }

    @Test
    void aFileOfVersionOneHoldsTheRecordsOfAStream() throws IOException {
        Capsule read = Capsule.parse(utf8("""
                {"capsule":1,"name":"late","savedAt":"2026-01-31T12:00:00Z","failure":"none",
                 "source":{"function":"Writer","stream":"arn:aws:kinesis:us-east-1:000000000000:stream/s",
                           "shardId":"shardId-000000000000","code":""},
                 "records":[{"sequenceNumber":"1","partitionKey":"a","arrivedAt":"2026-01-31T12:00:00.125Z","data":"YQ=="}],
                 "circumstances":{}}
                """));
        String expected = """
                {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"a","sequenceNumber":"1",\
                "data":"YQ==","approximateArrivalTimestamp":1769860800.125},"eventSource":"aws:kinesis",\
                "eventVersion":"1.0","eventID":"shardId-000000000000:1","eventName":"aws:kinesis:record",\
                "awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}]}""";
        assertThat(new String(read.event(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(Json.mapper().readTree(read.json()).path("capsule").asInt()).isEqualTo(1);
    }

    @Test
    void aFileOfAnotherVersionIsRefusedByName() {
        assertThatThrownBy(() -> Capsule.parse(utf8("{\"capsule\":3}")))
                .isInstanceOf(IOException.class)
                .hasMessage("the file is not a capsule of version 1 or 2: its member 'capsule' is 3");
    }
}
