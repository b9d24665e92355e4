package dev.ingestkit.local.table.api.answer;

import dev.ingestkit.local.table.engine.ItemActions;
import dev.ingestkit.local.table.engine.StreamActions;
import dev.ingestkit.local.table.engine.TableCatalog;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The parts of the engine that the actions use.
 *
 * @param ids makes the identifiers of tables and events
 */
public record ApiContext(
        TableCatalog tables,
        ItemActions items,
        StreamActions streams,
        Arns arns,
        InstantSource clock,
        Supplier<String> ids) {}
