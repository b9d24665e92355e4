/** What is delivered without a caller that waits: asynchronous invocations, and messages to destinations and targets. */
@NullMarked
package dev.ingestkit.local.delivery;

import org.jspecify.annotations.NullMarked;
