package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisRecordsTest {

    private final KinesisCalls kinesis = new KinesisCalls();

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void recordsAreReadInPutOrder() {
        kinesis.createStream("s", 1);
        JsonNode first = kinesis.put("s", "a", "one");
        JsonNode second = kinesis.put("s", "b", "two");

        JsonNode read = kinesis.records(kinesis.iterator("s", "shardId-000000000000", "'TRIM_HORIZON'"));

        assertThat(KinesisCalls.texts(read)).containsExactly("one", "two");
        assertThat(read.at("/Records/0/SequenceNumber").asText())
                .isEqualTo(first.path("SequenceNumber").asText())
                .hasSize(56)
                .startsWith("49");
        assertThat(second.path("SequenceNumber").asText())
                .isGreaterThan(first.path("SequenceNumber").asText());
        assertThat(first.path("ShardId").asText()).isEqualTo("shardId-000000000000");
        assertThat(first.has("EncryptionType")).isFalse();
        assertThat(read.path("MillisBehindLatest").asLong()).isZero();
    }

    @Test
    void everyIteratorTypeHasItsStart() {
        kinesis.createStream("s", 1);
        kinesis.put("s", "k", "one");
        kinesis.clock.advance(Duration.ofSeconds(10));
        String two = kinesis.put("s", "k", "two").path("SequenceNumber").asText();
        kinesis.clock.advance(Duration.ofSeconds(10));
        kinesis.put("s", "k", "three");

        assertThat(from("'AT_SEQUENCE_NUMBER','StartingSequenceNumber':'%s'".formatted(two)))
                .containsExactly("two", "three");
        assertThat(from("'AFTER_SEQUENCE_NUMBER','StartingSequenceNumber':'%s'".formatted(two)))
                .containsExactly("three");
        assertThat(from("'AT_TIMESTAMP','Timestamp':1767225605.5")).containsExactly("two", "three");
        assertThat(from("'LATEST'")).isEmpty();
        assertThat(from("'TRIM_HORIZON'")).containsExactly("one", "two", "three");
    }

    private List<String> from(String typeAndMore) {
        return KinesisCalls.texts(kinesis.records(kinesis.iterator("s", "shardId-000000000000", typeAndMore)));
    }

    @Test
    void unknownStreamsGetTheErrorOfAws() {
        assertThatThrownBy(() -> kinesis.put("nowhere", "k", "x"))
                .hasMessage("Stream nowhere under account 000000000000 not found.");
    }
}
