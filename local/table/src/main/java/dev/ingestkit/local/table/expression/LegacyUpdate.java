package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code AttributeUpdates}.
 *
 * @param action {@code PUT}, {@code ADD} or {@code DELETE}; null stands for PUT
 * @param value the value; null only with DELETE, for the whole attribute
 */
public record LegacyUpdate(
        @Nullable String action, @Nullable Value value) {}
