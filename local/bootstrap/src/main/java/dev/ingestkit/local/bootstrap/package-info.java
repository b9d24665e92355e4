/**
 * The program inside a function's JVM: its channel to the runtime and its execution environments. It depends on the JDK
 * alone, except for {@link dev.ingestkit.local.bootstrap.HandlerBridge}, which each environment's own class
 * loader defines next to the handler.
 */
@NullMarked
package dev.ingestkit.local.bootstrap;

import org.jspecify.annotations.NullMarked;
