package dev.ingestkit.local.table.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConditionPropertyTest {
    private static final int CONDITIONS = 4_000;
    private static final int ITEMS = 8;

    @Test
    void conditionsDecideAsStraightCodeDoes() {
        long seed = Long.getLong("ingest.seed", System.nanoTime());
        Random random = new Random(seed);
        int held = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            NaiveConditions conditions = new NaiveConditions(random);
            NaiveConditions.Made made = conditions.condition(3);
            Condition condition = Expressions.condition(made.text(), conditions.placeholders());
            for (int j = 0; j < ITEMS; j++) {
                Map<String, Object> item = new Naive(random).item();
                boolean expected = made.test().test(item);
                held += expected ? 1 : 0;
                assertThat(condition.test(Naive.item(item)))
                        .as("-Dingest.seed=%d: %s of %s", seed, made.text(), item)
                        .isEqualTo(expected);
            }
        }
        assertThat(held).as("-Dingest.seed=%d: conditions that held", seed).isBetween(4_000, 28_000);
    }
}
