package dev.ingestkit.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.JsonQuery;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadTreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":12345678901234567890123456789.123456789}",
                "{\"n\":1.10}",
                "{\"n\":1E-130}",
                "{\"n\":-0,\"m\":-0.0}",
                "{\"n\":1e400,\"m\":12345e67,\"o\":1.0e+05}",
                "{\"\":[null,true,\"\\u0000\",\"ü\"]}",
                "[]",
                "0"
            })
    void numbersKeepTheirDigitsAndSpelling(String json) {
        assertThat(PayloadTree.of(bytes(json)))
                .hasValueSatisfying(tree -> assertThat(PayloadTree.bytes(tree)).isEqualTo(bytes(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "no JSON",
                "{} {}",
                "{\"a\":1,\"a\":2}",
                "{\"n\":1e99999999999999}",
                "{\"n\":1E-123456789012}"
            })
    void payloadsWithLossHaveNoTree(String payload) {
        assertThat(PayloadTree.of(bytes(payload))).isEmpty();
    }

    @Test
    void aNumberAsSentHasItsValueInQueries() {
        JsonNode tree = PayloadTree.of(bytes("{\"n\":1e3}")).orElseThrow();

        assertThat(tree.path("n").decimalValue()).isEqualByComparingTo("1000");
        assertThat(tree.toPrettyString()).contains("1e3");
        assertThat(JsonQuery.parse("n > `999`").apply(tree).asBoolean()).isTrue();
    }

    @Test
    void extremeNestingHasNoTree() {
        assertThat(PayloadTree.of(bytes("[".repeat(5_000) + "]".repeat(5_000)))).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
