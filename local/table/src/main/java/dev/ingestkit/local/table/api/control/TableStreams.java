package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.engine.StreamView;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.TableDefinition.StreamDefinition;

/** Opens streams of tables under given labels. Stateless. */
public final class TableStreams {

    private TableStreams() {}

    /** Returns the table with a stream of the label, or as it is where it has a stream. */
    public static TableDefinition opened(TableDefinition table, StreamView view, String label) {
        return table.stream() != null
                ? table
                : new TableDefinition(
                        table.name(),
                        table.keys(),
                        table.indexes(),
                        new StreamDefinition(label, view),
                        table.ttlAttribute(),
                        table.created(),
                        TableSettings.of(table.settings())
                                .with(TableSettings.LAST_STREAM, label)
                                .toItem());
    }
}
