/**
 * Deliveries without a waiting caller: {@link dev.ingestkit.local.delivery.AsyncInvocations} is Lambda's queue of
 * asynchronous invocations, {@link dev.ingestkit.local.delivery.Redelivery} repeats what a topic or a rule sends.
 * Internal. Thread-safe.
 */
@NullMarked
package dev.ingestkit.local.delivery;

import org.jspecify.annotations.NullMarked;
