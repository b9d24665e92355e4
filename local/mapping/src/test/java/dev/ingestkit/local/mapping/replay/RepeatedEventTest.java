package dev.ingestkit.local.mapping.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepeatedEventTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:jobs";
    private static final List<RepeatedEvent.Mapping> REPORTING =
            List.of(new RepeatedEvent.Mapping(STREAM, true), new RepeatedEvent.Mapping(QUEUE, true));
    private static final List<RepeatedEvent.Mapping> SILENT =
            List.of(new RepeatedEvent.Mapping(STREAM, false), new RepeatedEvent.Mapping(QUEUE, false));

    private static final RepeatedEvent RECORDS = event(
            "{\"Records\":[{\"eventSource\":\"aws:kinesis\",\"eventSourceARN\":\"%s\",\"kinesis\":{\"sequenceNumber\":\"17\"}}]}"
                    .formatted(STREAM));
    private static final RepeatedEvent MESSAGES =
            event("{\"Records\":[{\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"%s\",\"messageId\":\"m-1\"}]}"
                    .formatted(QUEUE));

    private static RepeatedEvent event(String json) {
        return RepeatedEvent.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAnswerThatIsNotJsonFailsABatchWithReportedFailures() {
        assertThat(RECORDS.failure("done", REPORTING))
                .hasValueSatisfying(why -> assertThat(why).contains("the function's answer is not JSON"));
        assertThat(MESSAGES.failure("done", REPORTING))
                .hasValueSatisfying(why -> assertThat(why).contains("the function's answer is not JSON"));
    }

    @Test
    void anItemWithoutAnIdOfTheBatchFailsIt() {
        assertThat(RECORDS.failure("{\"batchItemFailures\":[{\"itemIdentifier\":\"18\"}]}", REPORTING))
                .isPresent();
        assertThat(MESSAGES.failure("{\"batchItemFailures\":[{\"id\":\"m-1\"}]}", REPORTING))
                .isPresent();
    }

    @Test
    void aReportedRecordFailsTheBatch() {
        assertThat(RECORDS.failure("{\"batchItemFailures\":[{\"itemIdentifier\":\"17\"}]}", REPORTING))
                .contains("the function reported 1 failed record");
        assertThat(MESSAGES.failure("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}", REPORTING))
                .contains("the function reported 1 of 1 messages as failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}"})
    void anEmptyAnswerIsASuccess(String answer) {
        assertThat(RECORDS.failure(answer, REPORTING)).isEmpty();
        assertThat(MESSAGES.failure(answer, REPORTING)).isEmpty();
    }

    @Test
    void withoutReportedFailuresAnyAnswerIsASuccess() {
        assertThat(RECORDS.failure("done", SILENT)).isEmpty();
        assertThat(MESSAGES.failure("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}", SILENT))
                .isEmpty();
    }

    @Test
    void anEventOfAnotherAccountIsReadAsByTheMappingOfItsKind() {
        RepeatedEvent elsewhere = event(
                "{\"Records\":[{\"eventSource\":\"aws:kinesis\",\"eventSourceARN\":"
                        + "\"arn:aws:kinesis:eu-west-1:123456789012:stream/orders\",\"kinesis\":{\"sequenceNumber\":\"17\"}}]}");

        assertThat(elsewhere.failure("done", REPORTING)).isPresent();
        assertThat(elsewhere.failure("done", SILENT)).isEmpty();
    }

    @Test
    void anEventThatNoMappingDeliversFailsByFunctionErrorsOnly() {
        assertThat(event("{\"httpMethod\":\"GET\"}").failure("done", REPORTING)).isEmpty();
        assertThat(event("{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{}}]}")
                        .failure("done", REPORTING))
                .isEmpty();
        assertThat(event("not json").failure("done", REPORTING)).isEmpty();
    }
}
