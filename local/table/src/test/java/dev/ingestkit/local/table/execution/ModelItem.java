package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.item.Item;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An item of the naive model: plain fields, compared by plain code. */
record ModelItem(
        String p, int s, @Nullable String g, @Nullable Integer r, int v) {

    static ModelItem random(Random random) {
        return new ModelItem(
                "p" + random.nextInt(4),
                random.nextInt(9) - 4,
                random.nextInt(3) == 0 ? null : "g" + random.nextInt(3),
                random.nextInt(3) == 0 ? null : random.nextInt(7) - 3,
                random.nextInt(1_000));
    }

    String key() {
        return p + "/" + (s + 100);
    }

    Item keyItem() {
        return Fixture.key(p, s);
    }

    Item item() {
        return Fixture.item("{'p':{'S':'" + p + "'},'s':{'N':'" + s + "'},"
                + (g == null ? "" : "'g':{'S':'" + g + "'},")
                + (r == null ? "" : "'r':{'N':'" + r + "'},")
                + "'v':{'N':'" + v + "'}}");
    }

    ModelItem withV(int value) {
        return new ModelItem(p, s, g, r, value);
    }

    boolean isIn(@Nullable IndexDefinition index) {
        return index == null
                || (Fixture.BY_G.equals(index)
                        ? g != null && r != null
                        : Fixture.G_KEYS.equals(index) ? g != null : r != null);
    }

    String partitionIn(@Nullable IndexDefinition index) {
        return String.valueOf(index == null || Fixture.BY_R.equals(index) ? p : g);
    }

    int sortIn(@Nullable IndexDefinition index) {
        return index == null ? s : r == null || Fixture.G_KEYS.equals(index) ? 0 : r;
    }

    Item itemIn(@Nullable IndexDefinition index) {
        if (index == null || Fixture.BY_G.equals(index)) {
            return item();
        }
        ModelItem projected = Fixture.BY_R.equals(index) ? new ModelItem(p, s, null, r, v) : this;
        return Fixture.BY_R.equals(index)
                ? projected.item()
                : Fixture.item("{'p':{'S':'" + p + "'},'s':{'N':'" + s + "'},'g':{'S':'" + g + "'}}");
    }
}
