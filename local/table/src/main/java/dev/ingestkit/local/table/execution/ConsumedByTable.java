package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.Consumed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums what several actions consumed, by table in the order in which tables came first. Not thread-safe. */
final class ConsumedByTable {
    private final Map<String, Consumed> byTable = new LinkedHashMap<>();

    void add(Consumed consumed) {
        byTable.computeIfAbsent(consumed.table(), table -> new Consumed(table, consumed.reads()))
                .add(consumed);
    }

    List<Consumed> list() {
        return new ArrayList<>(byTable.values());
    }
}
