package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers ReportBatchItemFailures: the meaning of an answer for its batch, and the counting of retries. */
final class PartialBatchResponseTest {

    private final MappingScenario scenario = new MappingScenario();

    private EventSourceMapping mapping(int batchSize, int retries) {
        return scenario.start(config ->
                config.batchSize(batchSize).maximumRetryAttempts(retries).reportBatchItemFailures(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "\"\"",
                "{}",
                "[]",
                "{\"batchItemFailures\":null}",
                "{\"batchItemFailures\":[]}",
                "{\"other\":1}"
            })
    void anAnswerWithoutFailuresIsFullSuccess(String answer) {
        scenario.function.behave(event -> scenario.function.answer(answer));
        scenario.put(1, 3);
        mapping(3, 2);
        scenario.time.advance(Duration.ofHours(1));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2", "3"));
        assertThat(scenario.destination.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":123}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"unknown\"}]}",
                "{\"batchItemFailures\":[{\"item_identifier\":\"1\"}]}",
                "{\"batchItemFailures\":[\"1\"]}",
                "{\"batchItemFailures\":\"1\"}",
                "\"done\"",
                "no json"
            })
    void anAnswerThatNamesNoRecordOfTheBatchIsFullFailure(String answer) {
        scenario.function.behave(event -> scenario.function.answer(answer));
        scenario.put(1, 3);
        mapping(3, 2);
        scenario.time.advance(Duration.ofHours(1));

        List<String> batch = List.of("1", "2", "3");
        assertThat(scenario.function.deliveries()).containsExactly(batch, batch, batch);
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/approximateInvokeCount")
                        .intValue())
                .isEqualTo(3);
        assertThat(scenario.destination.message(0).at("/responseContext").has("functionError"))
                .isTrue();
        assertThat(scenario.destination
                        .message(0)
                        .at("/responseContext/functionError")
                        .isNull())
                .isTrue();
    }

    @Test
    void theLowestReportedSequenceNumberIsTheCheckpoint() {
        boolean[] failed = {false};
        scenario.function.behave(event -> {
            if (failed[0]) {
                return scenario.function.succeed();
            }
            failed[0] = true;
            return scenario.function.report(event.sequenceOf("4"), event.sequenceOf("2"), event.sequenceOf("3"));
        });
        scenario.put(1, 5);
        mapping(10, 2);
        scenario.time.settle();

        assertThat(scenario.function.deliveries())
                .containsExactly(List.of("1", "2", "3", "4", "5"), List.of("2", "3", "4", "5"));
    }

    @Test
    void theRetryCounterRestartsAtANewCheckpoint() {
        scenario.function.behave(event ->
                event.has("5") ? scenario.function.report(event.sequenceOf("5")) : scenario.function.succeed());
        scenario.put(0, 6);
        mapping(3, 3);
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.function.deliveries())
                .containsExactly(
                        List.of("0", "1", "2"),
                        List.of("3", "4", "5"),
                        List.of("5"),
                        List.of("5"),
                        List.of("5"),
                        List.of("5"),
                        List.of("6"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/approximateInvokeCount")
                        .intValue())
                .isEqualTo(4);
        assertThat(scenario.destination
                        .message(0)
                        .at("/KinesisBatchInfo/batchSize")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void withoutReportingTheAnswerIsNotRead() {
        scenario.function.behave(event -> scenario.function.report(event.sequenceOf("1")));
        scenario.put(1, 2);
        scenario.start(config -> config.reportBatchItemFailures(false));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"));
    }
}
