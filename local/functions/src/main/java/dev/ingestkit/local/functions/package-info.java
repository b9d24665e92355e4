/**
 * Lambda functions: their configuration, their JVMs, and invocations with their outcomes.
 *
 * <p>A {@link dev.ingestkit.local.functions.FunctionRuntime} holds the functions. Each has a queue of invocations and a
 * pool of JVMs; a JVM holds several execution environments, each a thread with its own class loader, so that
 * environments are as separate as on Lambda in all but memory and process. An invocation goes to an idle environment; a
 * JVM that has timed out, run out of memory or been replaced takes no more invocations and is stopped after its last
 * one. The JVM's side is in {@code bootstrap}: it is packed into its own jar when the runtime starts, beside Lambda's
 * jars, which are resources here, so a function's class path contains no other class of the kit.
 */
@NullMarked
package dev.ingestkit.local.functions;

import org.jspecify.annotations.NullMarked;
