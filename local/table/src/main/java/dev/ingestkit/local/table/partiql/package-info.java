/**
 * DynamoDB's PartiQL: a parser to {@link dev.ingestkit.local.table.partiql.Statement}, a planner that finds which key a
 * WHERE clause names, and the three actions that execute statements. Conditions and updates are those of {@link
 * dev.ingestkit.local.table.expression}.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.html">PartiQL</a>
 */
@NullMarked
package dev.ingestkit.local.table.partiql;

import org.jspecify.annotations.NullMarked;
