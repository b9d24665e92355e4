package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventSourceKindTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:kinesis:us-east-1:000000000000:stream/events, KINESIS, events",
        "arn:aws:kinesis:us-east-1:000000000000:stream/events/consumer/fast:1767225600, KINESIS, events",
        "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000, DYNAMODB, orders"
    })
    void anArnTellsTheServiceAndTheNameOfItsSource(String arn, EventSourceKind kind, String name) {
        assertThat(EventSourceKind.of(arn)).contains(kind);
        assertThat(kind.nameIn(arn)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:dynamodb:us-east-1:000000000000:table/orders",
                "arn:aws:dynamodb:us-east-1:000000000000:table/orders/index/stream/",
                "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/",
                "arn:aws:sns:us-east-1:000000000000:topic",
                "events"
            })
    void otherTextsNameNoSource(String arn) {
        assertThat(EventSourceKind.of(arn)).isEmpty();
    }
}
