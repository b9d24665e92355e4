package dev.ingestkit.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.core.event.RecordOrigin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final Instant SENT = Instant.parse("2026-01-31T12:00:00Z");
    private static final DeadLetterSummary LETTER = new DeadLetterSummary(
            "m-1",
            "parked",
            new DeadLetterSummary.Cause("NOT_JSON", "text", "e-1"),
            new DeadLetterSummary.Records(1, "shard", "7", "7", SENT),
            SENT,
            0,
            null,
            null);

    @Test
    void withoutConditionsEveryDeadLetterIsSelected() {
        assertThat(selection(Set.of(), Set.of(), null).includes(LETTER, Optional::empty))
                .isTrue();
    }

    @Test
    void allConditionsMustHold() {
        assertThat(selection(Set.of("m-1"), Set.of("not_json"), "records < `2`").includes(LETTER, Optional::empty))
                .isTrue();
        assertThat(selection(Set.of("m-2"), Set.of(), null).includes(LETTER, Optional::empty))
                .isFalse();
        assertThat(selection(Set.of("m-1"), Set.of("CONFLICT"), null).includes(LETTER, Optional::empty))
                .isFalse();
        assertThat(selection(Set.of(), Set.of(), "kind=='on-failure'").includes(LETTER, Optional::empty))
                .isFalse();
        assertThat(selection(Set.of(), Set.of(), "absent").includes(LETTER, Optional::empty))
                .isFalse();
        assertThat(new Selection(Set.of(), Set.of(), Set.of(), Set.of(), SENT.plusMillis(1), Instant.MAX, null)
                        .includes(LETTER, Optional::empty))
                .isFalse();
    }

    @Test
    void shardAndEndOfTimeAreConditionsToo() {
        Selection shard = new Selection(Set.of(), Set.of(), Set.of(), Set.of("other"), Instant.MIN, Instant.MAX, null);
        Selection until = new Selection(Set.of(), Set.of(), Set.of(), Set.of(), Instant.MIN, SENT, null);

        assertThat(shard.includes(LETTER, Optional::empty)).isFalse();
        assertThat(until.includes(LETTER, Optional::empty)).isFalse();
        assertThat(Selection.ALL.includes(LETTER, Optional::empty)).isTrue();
    }

    @Test
    void recordsAreReadOnlyForAFilterThatUsesThem() {
        RecordOrigin origin = new RecordOrigin("arn:stream/s", "shard", "7", "key", SENT);
        Recovery.Recovered one = new Recovery.Recovered(
                List.of(new ShardRecord(origin, "{\"total\":1.50}".getBytes(StandardCharsets.UTF_8))), 0);

        assertThat(selection(Set.of(), Set.of(), "payload.total > `1`").includes(LETTER, () -> Optional.of(one)))
                .isTrue();
        assertThat(selection(Set.of(), Set.of(), "events[0].partitionKey == 'key'")
                        .includes(LETTER, () -> Optional.of(one)))
                .isTrue();
        assertThat(selection(Set.of(), Set.of(), "kind == 'parked'").includes(LETTER, () -> {
                    throw new AssertionError("not asked for");
                }))
                .isTrue();
    }

    private static Selection selection(Set<String> ids, Set<String> reasons, @Nullable String filter) {
        return new Selection(
                ids,
                Set.of(),
                reasons,
                Set.of(),
                Instant.MIN,
                Instant.MAX,
                filter == null ? null : JsonQuery.parse(filter));
    }
}
