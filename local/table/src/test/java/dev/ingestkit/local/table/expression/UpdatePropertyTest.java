package dev.ingestkit.local.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpdatePropertyTest {
    private static final int UPDATES = 10_000;

    @Test
    void updatesChangeItemsAsStraightCodeDoes() {
        long seed = Long.getLong("ingest.seed", System.nanoTime());
        Random random = new Random(seed);
        int applied = 0;
        for (int i = 0; i < UPDATES; i++) {
            NaiveUpdates updates = new NaiveUpdates(random);
            Map<String, Object> item = new Naive(random).item();
            Update update = Expressions.update(updates.text(), updates.placeholders());
            String description = "-Dingest.seed=" + seed + ": " + updates.text() + " of " + item;
            Item old = Naive.item(item);
            try {
                Item expected = Naive.item(updates.apply(item));
                applied++;
                assertThat(update.apply(old)).as(description).isEqualTo(expected);
            } catch (NaiveUpdates.Refused e) {
                assertThatThrownBy(() -> update.apply(old)).as(description).isInstanceOf(TableException.class);
            }
        }
        assertThat(applied).as("-Dingest.seed=%d: updates applied", seed).isGreaterThan(UPDATES / 5);
    }
}
