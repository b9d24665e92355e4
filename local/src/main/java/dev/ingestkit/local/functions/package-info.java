/** Lambda functions: their configuration, their JVMs, how one invocation is made and what comes of it. */
@NullMarked
package dev.ingestkit.local.functions;

import org.jspecify.annotations.NullMarked;
