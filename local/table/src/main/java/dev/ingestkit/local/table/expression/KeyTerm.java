package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.item.Value;
import org.jspecify.annotations.Nullable;

/** The condition on one key attribute: its operator and one operand, or two of BETWEEN. */
record KeyTerm(String attribute, Operator operator, Value first, @Nullable Value second) {}
