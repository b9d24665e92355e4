package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.JsonQuery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Instant SENT = Instant.parse("2026-01-31T12:00:00Z");
    private static final LetterSummary LETTER =
            new LetterSummary("m-1", "parked", "NOT_JSON", "text", "e-1", 1, "shard", "7", "7", SENT, SENT, 0);

    @Test
    void withoutConditionsEveryLetterIsMeant() {
        assertThat(selection(Set.of(), Set.of(), null).includes(LETTER)).isTrue();
    }

    @Test
    void allConditionsTogetherDecide() {
        assertThat(selection(Set.of("m-1"), Set.of("not_json"), "records < `2`").includes(LETTER))
                .isTrue();
        assertThat(selection(Set.of("m-2"), Set.of(), null).includes(LETTER)).isFalse();
        assertThat(selection(Set.of("m-1"), Set.of("CONFLICT"), null).includes(LETTER))
                .isFalse();
        assertThat(selection(Set.of(), Set.of(), "kind=='on-failure'").includes(LETTER))
                .isFalse();
        assertThat(selection(Set.of(), Set.of(), "absent").includes(LETTER)).isFalse();
        assertThat(new Selection(Set.of(), Set.of(), Set.of(), SENT.plusMillis(1), null).includes(LETTER))
                .isFalse();
    }

    @Test
    void fieldsAreSetAndTheRestKeepsItsDigits() {
        PayloadEdit edit = PayloadEdit.parse(List.of("a.b=12", "name=some text", "list=[1]"));

        assertThat(edit.apply("{\"a\":7,\"exact\":1.10}".getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\":{\"b\":12},\"exact\":1.10,\"name\":\"some text\",\"list\":[1]}");
    }

    @Test
    void whatCannotBeEditedIsRefused() {
        assertThatThrownBy(() -> PayloadEdit.parse(List.of("no assignment"))).isInstanceOf(CliException.class);
        assertThatThrownBy(() -> PayloadEdit.parse(List.of("a..b=1"))).isInstanceOf(CliException.class);
        PayloadEdit edit = PayloadEdit.parse(List.of("a=1"));
        assertThatThrownBy(() -> edit.apply("[1]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CliException.class);
        assertThatThrownBy(() -> edit.apply("nope".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CliException.class);
    }

    private static Selection selection(Set<String> ids, Set<String> reasons, @Nullable String filter) {
        return new Selection(ids, Set.of(), reasons, Instant.MIN, filter == null ? null : JsonQuery.parse(filter));
    }
}
