package dev.ingestkit.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyIdsTest {

    @Test
    void idsAreTheTextsAndWholeNumbersOfFieldsThatNameThem() {
        assertThat(BodyIds.in("""
                {"customerId":"c-7","order_id":12,"traceID":"t","request-id":"r","paid":"no","idle":"no","total":1.5,
                 "id":"order-1","empty":{"id":"inner"},"blankId":" ","nullId":null,"flagId":true}""")).containsExactly("order-1", "c-7", "12", "t", "r");
    }

    @Test
    void theIdsOfAWrappedEventComeFirst() {
        assertThat(BodyIds.in("{\"id\":\"event\",\"detail\":{\"orderId\":\"order-1\"},\"detail-type\":\"x\"}"))
                .containsExactly("order-1", "event");
        assertThat(BodyIds.in("{\"MessageId\":\"notice\",\"Message\":\"{\\\"id\\\":\\\"event\\\",\\\"detail\\\":"
                        + "{\\\"orderId\\\":7}}\"}"))
                .containsExactly("7", "event", "notice");
        assertThat(BodyIds.in(
                        "{\"Records\":[{\"Sns\":{\"MessageId\":\"notice\",\"Message\":\"{\\\"id\\\":\\\"a\\\"}\"}}]}"))
                .containsExactly("a", "notice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "text",
                "[{\"id\":\"a\"}]",
                "\"id\"",
                "7",
                "{",
                "{\"id\":",
                "{\"id\":\"a",
                "{id:1}",
                "{]"
            })
    void otherBodiesHaveNone(String body) {
        assertThat(BodyIds.in(body)).isEmpty();
    }

    @Test
    void theIdsBeforeAFaultAreFound() {
        assertThat(BodyIds.in("{\"id\":\"order-1\",\"broken\":tru")).containsExactly("order-1");
        assertThat(BodyIds.in(
                        "{\"id\":\"order-1\",\"text\":\"%s\",\"lateId\":\"late\"}".formatted("x".repeat(100_000))))
                .containsExactly("order-1");
    }

    @Test
    void hostileBodiesHaveFewAndShortIds() {
        String many = IntStream.range(0, 1_000)
                .mapToObj(index -> "\"n%dId\":\"%0100d\"".formatted(index, index))
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(BodyIds.in(many)).hasSize(2);
        String small = IntStream.range(0, 1_000)
                .mapToObj(index -> "\"n%dId\":%d".formatted(index, index))
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(BodyIds.in(small)).hasSize(BodyIds.MAX_IDS);
        assertThat(BodyIds.in("{\"id\":\"%s\"}".formatted("x".repeat(BodyIds.MAX_LENGTH + 1))))
                .isEmpty();
        assertThat(BodyIds.in("{\"id\":\"a\\nb\",\"otherId\":\"\\u001b[2J\"}")).isEmpty();
        assertThat(BodyIds.in("{\"data\":".repeat(2_000) + "{\"id\":\"deep\"}")).isEmpty();
        assertThat(BodyIds.in("{\"x\":" + "[".repeat(15_000))).isEmpty();
        assertThat(BodyIds.in("{\"aId\":\"same\",\"bId\":\"same\"}")).containsExactly("same");
    }
}
