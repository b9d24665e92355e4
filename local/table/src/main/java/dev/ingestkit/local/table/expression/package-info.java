/**
 * DynamoDB's expressions and the legacy parameters with the same meaning: condition, filter, key condition, projection
 * and update.
 *
 * <p>{@link dev.ingestkit.local.table.expression.Expressions} compiles the expressions of one request, with its {@link
 * dev.ingestkit.local.table.expression.Placeholders}, to a {@code Condition}, {@code KeyExpression}, {@code Projection}
 * or {@code Update}; {@link dev.ingestkit.local.table.expression.LegacyParameters} compiles {@code Expected},
 * {@code AttributeUpdates} and their kind to the same types. Compiling refuses, with DynamoDB's texts, everything that
 * DynamoDB refuses regardless of the table; the methods that take key names or a key schema refuse the rest. Compiled
 * expressions are immutable and thread-safe.
 */
@NullMarked
package dev.ingestkit.local.table.expression;

import org.jspecify.annotations.NullMarked;
