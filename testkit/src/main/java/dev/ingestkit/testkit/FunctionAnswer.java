package dev.ingestkit.testkit;

/**
 * A function's answer. Immutable.
 *
 * @param failed whether the answer is a function error of Lambda
 * @param payload JSON
 */
record FunctionAnswer(boolean failed, String payload) {}
