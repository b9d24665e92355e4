package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import dev.ingestkit.local.mapping.failure.DestinationPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers retries, their limits, bisect, age, and the messages to the on-failure destination. */
final class RetryTest {

    private final MappingScenario scenario = new MappingScenario();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aFailingBatchIsAttemptedOncePlusItsRetries(int retries) {
        scenario.function.behave(event -> event.has("1") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 2);
        EventSourceMapping mapping = scenario.start(config -> config.maximumRetryAttempts(retries));
        scenario.put(3, 3);
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.function.deliveries()).hasSize(retries + 2).last().isEqualTo(List.of("3"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/approximateInvokeCount")
                        .intValue())
                .isEqualTo(retries + 1);
        assertThat(mapping.metrics().dropped()).isEqualTo(2);
        assertThat(mapping.metrics().delivered()).isEqualTo(1);
    }

    @Test
    void withoutLimitsAFailingBatchBlocksItsShard() {
        scenario.function.behave(event -> scenario.function.fail());
        scenario.put(1, 1);
        EventSourceMapping mapping = scenario.start(config -> config);
        scenario.put(2, 2);
        scenario.time.advance(Duration.ofDays(1));

        assertThat(scenario.function.deliveries()).hasSize(86_401).containsOnly(List.of("1"));
        assertThat(mapping.metrics().lastProcessingResult()).isEqualTo("PROBLEM: Function call failed");
        assertThat(mapping.metrics().error()).contains("java.lang.IllegalStateException: bad record");
        assertThat(scenario.checkpoint()).isNull();
    }

    @Test
    void theMessageHasExactlyTheMembersOfAws() {
        scenario.function.behave(event -> scenario.function.fail());
        scenario.put(1, 2);
        scenario.start(config -> config.maximumRetryAttempts(1));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.destination.messages)
                .containsExactly("{\"requestContext\":{\"requestId\":\"request-2\",\"functionArn\":\""
                        + MappingScenario.FUNCTION
                        + "\",\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":2},"
                        + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":"
                        + "\"Unhandled\"},\"version\":\"1.0\",\"timestamp\":\"2026-01-01T00:00:01.000Z\","
                        + "\"KinesisBatchInfo\":{\"shardId\":\"shardId-000000000000\",\"startSequenceNumber\":\""
                        + FakeStream.number(1) + "\",\"endSequenceNumber\":\"" + FakeStream.number(2)
                        + "\",\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:00.000Z\","
                        + "\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:00.000Z\",\"batchSize\":2,"
                        + "\"streamArn\":\"" + FakeStream.ARN + "\"}}");
    }

    @Test
    void onlyTheExpiredHeadIsGivenUpAndTheYoungerRestDelivered() {
        scenario.function.behave(event -> event.has("1") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 2);
        scenario.time.advance(Duration.ofSeconds(30));
        scenario.put(3, 6);
        EventSourceMapping mapping = scenario.start(config -> config.maximumRecordAgeSeconds(60));
        scenario.time.advance(Duration.ofMinutes(5));

        assertThat(scenario.function.deliveries()).last().isEqualTo(List.of("3", "4", "5", "6"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/condition")
                        .asText())
                .isEqualTo("RecordAgeExceeded");
        assertThat(scenario.destination.message(0).has("responseContext")).isFalse();
        assertThat(scenario.destination
                        .message(0)
                        .at("/KinesisBatchInfo/batchSize")
                        .intValue())
                .isEqualTo(2);
        assertThat(mapping.metrics().dropped()).isEqualTo(2);
        assertThat(mapping.metrics().delivered()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"THROTTLED", "START_FAILED", "NOT_FOUND"})
    void deliveriesThatNeverReachTheFunctionAreLimitedOnlyByAge(Reason reason) {
        scenario.function.behave(
                event -> CompletableFuture.failedFuture(new InvokeRejectedException(reason, "not run")));
        scenario.put(1, 1);
        EventSourceMapping mapping =
                scenario.start(config -> config.maximumRetryAttempts(0).maximumRecordAgeSeconds(60));
        scenario.time.advance(Duration.ofMinutes(5));

        assertThat(scenario.function.deliveries()).hasSize(60);
        assertThat(mapping.metrics().notInvoked()).isEqualTo(60);
        assertThat(mapping.metrics().invocations()).isZero();
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/condition")
                        .asText())
                .isEqualTo("RecordAgeExceeded");
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/approximateInvokeCount")
                        .intValue())
                .isOne();
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/requestId")
                        .asText())
                .isEqualTo("generated-id");
    }

    @Test
    void bisectIsolatesThePoisonRecordAndHalvingUsesUpNoRetry() {
        scenario.function.behave(event -> event.has("5") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 8);
        scenario.start(config -> config.maximumRetryAttempts(1).bisectBatchOnFunctionError(true));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.function.deliveries())
                .containsExactly(
                        List.of("1", "2", "3", "4", "5", "6", "7", "8"),
                        List.of("1", "2", "3", "4"),
                        List.of("5", "6", "7", "8"),
                        List.of("5", "6"),
                        List.of("5"),
                        List.of("5"),
                        List.of("6"),
                        List.of("7", "8"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/KinesisBatchInfo/startSequenceNumber")
                        .asText())
                .endsWith("5");
        assertThat(scenario.destination
                        .message(0)
                        .at("/KinesisBatchInfo/batchSize")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void bisectWithPartialResponsesCutsAtTheReportedRecordAndIsolatesIt() {
        scenario.function.behave(event ->
                event.has("3") ? scenario.function.report(event.sequenceOf("3")) : scenario.function.succeed());
        scenario.put(1, 5);
        scenario.start(config ->
                config.maximumRetryAttempts(2).bisectBatchOnFunctionError(true).reportBatchItemFailures(true));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.function.deliveries())
                .containsExactly(
                        List.of("1", "2", "3", "4", "5"),
                        List.of("3", "4", "5"),
                        List.of("3"),
                        List.of("3"),
                        List.of("3"),
                        List.of("4", "5"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/responseContext/functionError")
                        .isNull())
                .isTrue();
    }

    @Test
    void bisectHalvesOnExceptionsEvenWithReporting() {
        scenario.function.behave(event -> event.has("2") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 4);
        scenario.start(config ->
                config.maximumRetryAttempts(0).bisectBatchOnFunctionError(true).reportBatchItemFailures(true));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.function.deliveries())
                .containsExactly(
                        List.of("1", "2", "3", "4"), List.of("1", "2"), List.of("1"), List.of("2"), List.of("3", "4"));
    }

    @Test
    void anUnavailableDestinationIsNotifiedLaterAndNothingIsLost() {
        scenario.destination.refusals = 5;
        scenario.function.behave(event -> event.has("1") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 1);
        EventSourceMapping mapping = scenario.start(config -> config.maximumRetryAttempts(0));
        scenario.put(2, 2);
        scenario.time.settle();
        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"));
        assertThat(mapping.metrics().error())
                .hasValueSatisfying(text -> assertThat(text).contains("the queue is unavailable"));

        scenario.time.advance(Duration.ofMinutes(1));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of("2"));
        assertThat(mapping.metrics().destinationFailures()).isEqualTo(5);
    }

    @Test
    void onRequestAnUnavailableDestinationLosesTheMessageAsOnAws() {
        scenario.destination.refusals = 1;
        scenario.destinationPolicy = DestinationPolicy.DROP;
        scenario.function.behave(event -> event.has("1") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 1);
        scenario.start(config -> config.maximumRetryAttempts(0));
        scenario.put(2, 2);
        scenario.time.settle();

        assertThat(scenario.destination.messages).isEmpty();
        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void aKindOfDestinationThatIsNotSupportedIsNamedAndDoesNotBlockTheShard() {
        scenario.function.behave(event -> event.has("1") ? scenario.function.fail() : scenario.function.succeed());
        scenario.put(1, 1);
        EventSourceMapping mapping = scenario.start(
                config -> config.maximumRetryAttempts(0).onFailureDestination("arn:aws:sns:us-east-1:1:topic"));
        scenario.put(2, 2);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of("2"));
        assertThat(mapping.metrics().error())
                .hasValueSatisfying(text -> assertThat(text).contains("arn:aws:sns:us-east-1:1:topic"));
    }

    @Test
    void aRecordThatNoInvocationCanCarryGoesToTheDestinationAndTheRestIsDelivered() {
        scenario.stream.put("key", "before");
        scenario.stream.put(0, "key", new byte[5 * 1024 * 1024]);
        scenario.stream.put("key", "after");
        scenario.start(config -> config.maximumRetryAttempts(1));
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("before"), List.of("after"));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/condition")
                        .asText())
                .isEqualTo("RetryAttemptsExhausted");
        assertThat(scenario.destination.message(0).has("responseContext")).isFalse();
    }

    @Test
    void batchesCloseAtTheInvokePayloadsLimitAfterBase64() {
        for (int count = 0; count < 10; count++) {
            scenario.stream.put(0, "key", "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8));
        }
        scenario.start(config -> config);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).extracting(List::size).containsExactly(4, 4, 2);
        assertThat(scenario.function.events())
                .allSatisfy(event -> assertThat(event.text().length()).isLessThanOrEqualTo(6 * 1024 * 1024));
    }

    @Test
    void backOffGrowsAndIsLimitedByTheRecordsAge() {
        scenario.backoff = Backoff.around(Duration.ofSeconds(1), Duration.ofHours(1), 0);
        scenario.function.behave(event -> scenario.function.fail());
        scenario.put(1, 1);
        scenario.start(config -> config.maximumRecordAgeSeconds(60));
        scenario.time.advance(Duration.ofSeconds(59));
        assertThat(scenario.function.deliveries()).hasSize(6);
        assertThat(scenario.destination.messages).isEmpty();

        scenario.time.advance(Duration.ofSeconds(1));
        assertThat(scenario.destination.messages).hasSize(1);
        assertThat(scenario.destination
                        .message(0)
                        .at("/requestContext/approximateInvokeCount")
                        .intValue())
                .isEqualTo(6);
    }
}
