/** Deliveries without a waiting caller: asynchronous invocations, and messages to destinations and targets. */
@NullMarked
package dev.ingestkit.local.delivery;

import org.jspecify.annotations.NullMarked;
