package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.filter.EventFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The differences of a mapping whose source is the stream of a DynamoDB table. */
final class TableStreamMappingTest {

    private final MappingScenario scenario = new MappingScenario(1, EventSourceKind.DYNAMODB);

    @Test
    void theFunctionGetsTheRecordsOfTheStreamUnchanged() {
        scenario.stream.put("1", "{\"id\":{\"S\":\"a\"}}");
        scenario.stream.put("2", "{\"id\":{\"S\":\"b\"}}");
        scenario.start(config -> config);

        assertThat(scenario.function.events().get(0).text())
                .isEqualTo("{\"Records\":[" + record("a", 1) + "," + record("b", 2) + "]}");
    }

    private static String record(String id, int sequence) {
        return "{\"eventSource\":\"aws:dynamodb\",\"dynamodb\":{\"NewImage\":{\"id\":{\"S\":\"%s\"}},\"SequenceNumber\":\"%s\"}}"
                .formatted(id, FakeStream.number(sequence).text());
    }

    @Test
    void theOnFailureMessageTellsArrivalsToTheSecond() {
        scenario.function.behave(event -> scenario.function.fail());
        scenario.time.advance(Duration.ofMillis(1_750));
        scenario.stream.put("1", "{}");
        scenario.start(config -> config.maximumRetryAttempts(0));

        JsonNode message = scenario.destination.message(0);
        assertThat(message.has("KinesisBatchInfo")).isFalse();
        assertThat(message.get("DDBStreamBatchInfo").toString())
                .isEqualTo(
                        "{\"shardId\":\"shardId-000000000000\",\"startSequenceNumber\":\"%1$s\",\"endSequenceNumber\":\"%1$s\","
                                        .formatted(FakeStream.number(1).text())
                                + "\"approximateArrivalOfFirstRecord\":\"2026-01-01T00:00:01Z\","
                                + "\"approximateArrivalOfLastRecord\":\"2026-01-01T00:00:01Z\",\"batchSize\":1,\"streamArn\":\""
                                + FakeStream.TABLE_ARN + "\"}");
    }

    @Test
    void aTumblingWindowNamesTheTablesStream() {
        scenario.stream.put("1", "{}");
        scenario.function.behave(event -> scenario.function.answer("{\"state\":{\"n\":1}}"));
        scenario.start(config -> config.tumblingWindowSeconds(10));
        scenario.time.advance(Duration.ofSeconds(20));

        JsonNode last = scenario.function.events().get(1).json();
        assertThat(last.get("eventSourceARN").asText()).isEqualTo(FakeStream.TABLE_ARN);
        assertThat(last.get("state").toString()).isEqualTo("{\"n\":1}");
        assertThat(last.get("isFinalInvokeForWindow").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"eventName\":[\"INSERT\"]}                                            | true",
                "{\"eventName\":[\"REMOVE\"]}                                            | false",
                "{\"dynamodb\":{\"Keys\":{\"id\":{\"S\":[{\"prefix\":\"a\"}]}}}}           | true",
                "{\"dynamodb\":{\"NewImage\":{\"count\":{\"N\":[\"5\"]}}}}                 | true",
                "{\"dynamodb\":{\"NewImage\":{\"count\":{\"N\":[5]}}}}                     | false",
                "{\"dynamodb\":{\"NewImage\":{\"count\":{\"N\":[{\"numeric\":[\"=\",5]}]}}}}  | false",
                "{\"dynamodb\":{\"OldImage\":{\"count\":[{\"exists\":false}]}}}            | true",
                "{\"userIdentity\":{\"type\":[\"Service\"]}}                               | false",
                "{\"data\":{\"x\":[1]}}                                                    | false",
            })
    void patternsSeeTheRecordAsTheFunctionGetsIt(String pattern, boolean passes) {
        String record = "{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"ab\"}},"
                + "\"NewImage\":{\"id\":{\"S\":\"ab\"},\"count\":{\"N\":\"5\"}}}}";
        StreamSource.StreamRecord candidate = new StreamSource.StreamRecord(
                FakeStream.number(1), "key", record.getBytes(StandardCharsets.UTF_8), Instant.EPOCH, null);
        assertThat(EventFilter.compile(EventSourceKind.DYNAMODB, List.of(pattern))
                        .passes(candidate))
                .isEqualTo(passes);
    }

    @Test
    void aPositionByTimeIsRefused() {
        assertThatThrownBy(() -> MappingScenario.config(EventSourceKind.DYNAMODB)
                        .startingPosition(StartingPosition.atTimestamp(Instant.EPOCH))
                        .build())
                .isInstanceOf(InvalidMappingException.class)
                .hasMessage("Unsupported starting position for arn type: " + FakeStream.TABLE_ARN);
    }

    @Test
    void anArnOfNoEventSourceIsRefused() {
        assertThatThrownBy(() -> MappingConfig.builder(
                                "id", "function", "arn:aws:dynamodb:us-east-1:000000000000:table/orders")
                        .build())
                .isInstanceOf(InvalidMappingException.class)
                .hasMessage("Unrecognized event source.");
    }
}
