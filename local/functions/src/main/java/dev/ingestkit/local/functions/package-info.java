/**
 * Lambda functions: their configuration, their JVMs, how one invocation is made and what comes of it.
 *
 * <p>A {@link dev.ingestkit.local.functions.FunctionRuntime} holds the functions. Each has a queue of invocations and a pool
 * of JVMs; a JVM holds several execution environments, each a thread with a class loader of its own, so that environments
 * are as separate as on Lambda in all but memory and process. An invocation goes to an idle environment; a JVM that has
 * timed out, run out of memory or been replaced takes no more and is ended when its last invocation is. The JVM's side is
 * in {@code bootstrap}: it is packed into a jar of its own when the runtime starts, beside Lambda's jars, which are
 * resources here, so a function's class path holds nothing of ours.
 */
@NullMarked
package dev.ingestkit.local.functions;

import org.jspecify.annotations.NullMarked;
