package dev.ingestkit.cli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadEditTest {

    @Test
    void fieldsAreSetAndTheRestKeepsItsDigits() {
        assertThat(edited("{\"a\":7,\"exact\":1.10}", "a.b=12", "name=some text", "list=[1]"))
                .isEqualTo("{\"a\":{\"b\":12},\"exact\":1.10,\"name\":\"some text\",\"list\":[1]}");
    }

    @Test
    void elementsOfArraysAreNamedByTheirIndex() {
        assertThat(edited("{\"items\":[{\"n\":1},[2,3]]}", "items.0.n=10", "items.1.0=20", "items.0.sku.id=x"))
                .isEqualTo("{\"items\":[{\"n\":10,\"sku\":{\"id\":\"x\"}},[20,3]]}");
        assertThat(edited("{\"0\":1}", "0=2")).isEqualTo("{\"0\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"items.2=1", "items.first=1", "items.-1=1", "items.99999999999.n=1"})
    void aMissingElementIsRejectedByName(String edit) {
        assertThatThrownBy(() -> edited("{\"items\":[1,2]}", edit))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("an array of 2 elements has no element '" + edit.split("[.=]", -1)[1] + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "no assignment, --set 'no assignment' does not have the form",
        "a..b=1, --set 'a..b=1' does not",
        "=1, --set '=1'"
    })
    void anInvalidAssignmentIsRejected(String edit, String message) {
        assertThatThrownBy(() -> PayloadEdit.parse(List.of(edit)))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "nope", "", "{\"a\":1,\"a\":2}"})
    void aPayloadThatIsNotAnObjectIsRejected(String payload) {
        assertThatThrownBy(() -> edited(payload, "a=1"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("not a JSON object");
    }

    private static String edited(String payload, String... edits) {
        byte[] edited = PayloadEdit.parse(List.of(edits)).apply(payload.getBytes(StandardCharsets.UTF_8));
        return new String(edited, StandardCharsets.UTF_8);
    }
}
