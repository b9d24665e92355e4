package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** The mapping's handling of a batch that its function cannot process. */
interface OnFailureContract {

    FailingPipeline failing();

    @Test
    default void aRecordThatAlwaysFailsEndsInTheQueueInAwsFormat() {
        PutRecordsResultEntry put = failing().put(List.of("poison alone")).get(0);

        JsonNode message = json(failing().take(1).get(0));

        assertThat(message.path("version").asText()).isEqualTo("1.0");
        assertThat(message.path("timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z");
        JsonNode request = message.path("requestContext");
        assertThat(request.path("requestId").asText()).matches("[0-9a-f-]{36}");
        assertThat(request.path("functionArn").asText()).startsWith("arn:aws:lambda:");
        assertThat(request.path("condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(request.path("approximateInvokeCount").asInt()).isEqualTo(1 + FailingPipeline.RETRIES);
        JsonNode response = message.path("responseContext");
        assertThat(response.path("statusCode").asInt()).isEqualTo(200);
        assertThat(response.path("executedVersion").asText()).isEqualTo("$LATEST");
        assertThat(response.path("functionError").asText()).isEqualTo("Unhandled");
        JsonNode batch = message.path("KinesisBatchInfo");
        assertThat(batch.path("shardId").asText()).isEqualTo(put.shardId());
        assertThat(batch.path("startSequenceNumber").asText()).isEqualTo(put.sequenceNumber());
        assertThat(batch.path("endSequenceNumber").asText()).isEqualTo(put.sequenceNumber());
        assertThat(batch.path("batchSize").asInt()).isEqualTo(1);
        assertThat(batch.path("streamArn").asText())
                .endsWith(":stream/" + failing().streamName());
        assertThat(batch.path("approximateArrivalOfFirstRecord").asText())
                .isEqualTo(batch.path("approximateArrivalOfLastRecord").asText())
                .isNotEmpty();
    }

    @Test
    default void onlyThePoisonRecordOfABatchIsDeadLettered() {
        List<PutRecordsResultEntry> put =
                failing().put(List.of("good 1", "good 2", "good 3", "poison", "good 4", "good 5"));

        DeadLetter.RecordRange range = range(failing().take(1).get(0));

        boolean bisected = !failing().differences().contains(Difference.FAILED_BATCH_IS_NOT_BISECTED);
        PutRecordsResultEntry first = put.get(bisected ? 3 : 0);
        PutRecordsResultEntry last = put.get(bisected ? 3 : 5);
        assertThat(range.firstSequenceNumber()).as(range.toString()).isEqualTo(first.sequenceNumber());
        assertThat(range.lastSequenceNumber()).isEqualTo(last.sequenceNumber());
        assertThat(range.count()).isEqualTo(bisected ? 1 : 6);
    }

    @Test
    default void eachPoisonRecordHasItsOwnMessage() {
        List<PutRecordsResultEntry> put = failing().put(List.of("poison 1", "good", "poison 2", "poison 3"));
        boolean bisected = !failing().differences().contains(Difference.FAILED_BATCH_IS_NOT_BISECTED);

        List<DeadLetterQueue.ReceivedMessage> deadLetters = failing().take(bisected ? 3 : 1);

        assertThat(deadLetters)
                .as(() -> deadLetters.toString())
                .extracting(deadLetter -> range(deadLetter).firstSequenceNumber())
                .containsExactlyInAnyOrderElementsOf((bisected ? List.of(0, 2, 3) : List.of(0))
                        .stream().map(index -> put.get(index).sequenceNumber()).toList());
    }

    private static DeadLetter.RecordRange range(DeadLetterQueue.ReceivedMessage deadLetter) {
        return deadLetter
                .content()
                .map(DeadLetter.OnFailure.class::cast)
                .map(DeadLetter.OnFailure::range)
                .orElseThrow(() -> new AssertionError("not an on-failure message: " + deadLetter.body()));
    }

    private static JsonNode json(DeadLetterQueue.ReceivedMessage deadLetter) {
        try {
            return new ObjectMapper().readTree(deadLetter.body());
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("the message is not JSON: " + deadLetter.body(), malformed);
        }
    }
}
