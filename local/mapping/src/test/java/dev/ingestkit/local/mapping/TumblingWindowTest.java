package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Covers tumbling windows: the state passed from invocation to invocation, and the invocation that ends a window. */
final class TumblingWindowTest {

    private final MappingScenario scenario = new MappingScenario();

    private EventSourceMapping counting() {
        scenario.function.behave(event -> {
            int before = event.json().at("/state/count").asInt(0);
            return scenario.function.answer(
                    "{\"state\":{\"count\":" + (before + event.data().size()) + "}}");
        });
        return scenario.start(config -> config.tumblingWindowSeconds(10).maximumRetryAttempts(0));
    }

    private JsonNode event(int index) {
        return scenario.function.events().get(index).json();
    }

    @Test
    void theEventCarriesTheWindowsMembersInAwsOrder() {
        counting();
        scenario.put(1, 1);
        scenario.time.settle();

        assertThat(event(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "Records",
                        "window",
                        "state",
                        "shardId",
                        "eventSourceARN",
                        "isFinalInvokeForWindow",
                        "isWindowTerminatedEarly");
        assertThat(event(0).get("window").toString())
                .isEqualTo("{\"start\":\"2026-01-01T00:00:00Z\",\"end\":\"2026-01-01T00:00:10Z\"}");
        assertThat(event(0).get("state").toString()).isEqualTo("{}");
        assertThat(event(0).get("shardId").asText()).isEqualTo("shardId-000000000000");
        assertThat(event(0).get("isFinalInvokeForWindow").booleanValue()).isFalse();
    }

    @Test
    void stateIsPassedOnAndTheWindowEndsWithAnInvocationWithoutRecords() {
        counting();
        scenario.put(1, 2);
        scenario.time.advance(Duration.ofSeconds(4));
        scenario.put(3, 3);
        scenario.time.advance(Duration.ofSeconds(7));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"), List.of("3"), List.of());
        assertThat(event(1).at("/state/count").intValue()).isEqualTo(2);
        assertThat(event(2).at("/state/count").intValue()).isEqualTo(3);
        assertThat(event(2).get("isFinalInvokeForWindow").booleanValue()).isTrue();
        assertThat(event(2).get("isWindowTerminatedEarly").booleanValue()).isFalse();
    }

    @Test
    void aRecordOfALaterWindowEndsTheOpenOneFirst() {
        scenario.put(1, 1);
        scenario.time.advance(Duration.ofSeconds(25));
        scenario.put(2, 2);
        counting();
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of(), List.of("2"));
        assertThat(event(2).get("state").toString()).isEqualTo("{}");
        assertThat(event(2).at("/window/start").asText()).isEqualTo("2026-01-01T00:00:20Z");
    }

    @Test
    void anAnswerWithoutStateIsAFailure() {
        scenario.function.behave(event -> scenario.function.succeed());
        scenario.put(1, 1);
        EventSourceMapping mapping =
                scenario.start(config -> config.tumblingWindowSeconds(10).maximumRetryAttempts(1));
        scenario.time.advance(Duration.ofSeconds(5));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of("1"));
        assertThat(mapping.metrics().error())
                .hasValueSatisfying(text -> assertThat(text).contains("state"));
    }

    @Test
    void stateOverOneMebibyteEndsTheWindowEarly() {
        scenario.function.behave(event -> scenario.function.answer(
                event.has("1") ? "{\"state\":{\"large\":\"" + "x".repeat(1024 * 1024) + "\"}}" : "{\"state\":{}}"));
        scenario.start(config -> config.tumblingWindowSeconds(10));
        scenario.put(1, 1);
        scenario.time.settle();
        scenario.put(2, 2);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of(), List.of("2"));
        assertThat(event(1).get("isFinalInvokeForWindow").booleanValue()).isTrue();
        assertThat(event(1).get("isWindowTerminatedEarly").booleanValue()).isTrue();
        assertThat(event(2).get("state").toString()).isEqualTo("{}");
    }

    @Test
    void theEndOfTheShardEndsTheWindow() {
        counting();
        scenario.put(1, 1);
        scenario.time.settle();
        scenario.stream.reshard(List.of(0), List.of(1, 2));
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of());
        assertThat(event(1).get("isFinalInvokeForWindow").booleanValue()).isTrue();

        scenario.stream.put(1, "key", "2".getBytes(StandardCharsets.UTF_8));
        scenario.time.settle();
        assertThat(event(2).get("shardId").asText()).isEqualTo("shardId-000000000001");
        assertThat(event(2).get("state").toString()).isEqualTo("{}");
    }

    @Test
    void theCheckpointMovesOnlyWhenTheWindowEnds() {
        EventSourceMapping mapping = counting();
        scenario.put(1, 2);
        scenario.time.settle();
        assertThat(scenario.checkpoint()).isNull();
        MappingScenario.ask(mapping.disable());
        scenario.time.settle();
        MappingScenario.ask(mapping.enable());
        scenario.time.advance(Duration.ofSeconds(11));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"), List.of("1", "2"), List.of());
        assertThat(event(2).at("/state/count").intValue()).isEqualTo(2);
        assertThat(scenario.checkpoint()).endsWith("2");
    }

    @Test
    void aFailedFinalInvocationIsReportedWithItsWindowAndWithoutRecords() {
        scenario.function.behave(
                event -> event.json().get("isFinalInvokeForWindow").booleanValue()
                        ? scenario.function.fail()
                        : scenario.function.answer("{\"state\":{}}"));
        scenario.start(config -> config.tumblingWindowSeconds(10).maximumRetryAttempts(1));
        scenario.put(1, 1);
        scenario.time.advance(Duration.ofSeconds(20));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of(), List.of());
        assertThat(scenario.destination.message(0).get("KinesisBatchInfo").toString())
                .isEqualTo("{\"shardId\":\"shardId-000000000000\",\"streamArn\":\"" + FakeStream.ARN + "\"}");
        assertThat(scenario.destination
                        .message(0)
                        .at("/timeWindowInfo/isFinalInvokeForWindow")
                        .booleanValue())
                .isTrue();
        assertThat(scenario.checkpoint()).endsWith("1");
    }

    @Test
    void withAParallelizationFactorEachLaneHasAWindowOfItsOwn() {
        scenario.function.behave(event -> scenario.function.answer("{\"state\":{\"count\":"
                + (event.json().at("/state/count").asInt(0) + event.data().size()) + "}}"));
        scenario.start(config -> config.tumblingWindowSeconds(10).parallelizationFactor(10));
        for (int number = 0; number < 100; number++) {
            scenario.stream.put("key-" + number, "x");
        }
        scenario.time.advance(Duration.ofSeconds(11));

        List<Integer> counts = scenario.function.events().stream()
                .filter(event -> event.json().get("isFinalInvokeForWindow").booleanValue())
                .map(event -> event.json().at("/state/count").intValue())
                .toList();
        assertThat(counts).hasSize(10);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(scenario.checkpoint()).endsWith("100");
    }
}
