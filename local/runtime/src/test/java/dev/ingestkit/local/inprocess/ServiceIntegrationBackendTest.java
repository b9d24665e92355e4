package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.gateway.IdSource;
import dev.ingestkit.local.gateway.IntegrationBackend.Answer;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.kinesis.KinesisService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceIntegrationBackendTest {

    private final Journal journal = new Journal(Clock.systemUTC());
    private final KinesisService kinesis = new KinesisService(
            KinesisService.Options.of("us-east-1", "000000000000", true),
            Clock.systemUTC(),
            journal,
            Faults.NONE,
            new SplittableRandom(1));
    private final ServiceIntegrationBackend backend =
            new ServiceIntegrationBackend(List.of(kinesis), IdSource.random());

    @BeforeEach
    void createStream() {
        assertThat(call("CreateStream", "{\"StreamName\":\"orders\",\"ShardCount\":1}")
                        .status())
                .isEqualTo(200);
    }

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void aPutReturnsOnlyShardAndSequenceNumber() throws IOException {
        Answer answer = call("PutRecord", "{\"StreamName\":\"orders\",\"PartitionKey\":\"1\",\"Data\":\"e30=\"}");

        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(body.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("ShardId", "SequenceNumber");
        assertThat(journal.counts()).containsEntry(JournalEvent.Kind.PUT, 1L);
    }

    @Test
    void anErrorEqualsTheOneOfTheWire() throws IOException {
        Answer answer = call("PutRecord", "{\"StreamName\":\"none\",\"PartitionKey\":\"1\",\"Data\":\"e30=\"}");

        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(body.get("__type").asText()).isEqualTo("ResourceNotFoundException");
        assertThat(body.get("message").asText()).contains("none");
    }

    @Test
    void timestampsAreEpochSeconds() throws IOException {
        Answer answer = call("DescribeStreamSummary", "{\"StreamName\":\"orders\"}");

        JsonNode created =
                new ObjectMapper().readTree(answer.body()).at("/StreamDescriptionSummary/StreamCreationTimestamp");
        assertThat(created.isNumber()).isTrue();
        assertThat(created.asDouble()).isGreaterThan(1.7e9);
    }

    @Test
    void aBodyThatIsNotJsonIsASerializationError() {
        Answer answer = call("PutRecord", "{\"StreamName\":");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("SerializationException");
    }

    @Test
    void anUnsupportedActionIsNamed() {
        Answer answer = call("PutRecordz", "{}");

        assertThat(answer.status()).isEqualTo(501);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("kinesis PutRecordz");
    }

    private Answer call(String action, String body) {
        return backend.call("kinesis", action, Map.of(), body.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
