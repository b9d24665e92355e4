/**
 * The processes that run functions: how each is reached, and which interpreters this machine has.
 *
 * <p>A {@link dev.ingestkit.local.functions.process.ProcessLink} carries frames to and from one process. A JVM of this
 * kit's bootstrap sends frames over a socket ({@link dev.ingestkit.local.functions.process.JvmLink}); every other
 * process speaks Lambda's runtime API ({@link dev.ingestkit.local.functions.process.RuntimeApi}).
 */
@NullMarked
package dev.ingestkit.local.functions.process;

import org.jspecify.annotations.NullMarked;
