/**
 * Value types and small tools that every part of the embedded runtime shares: AWS's names ({@link
 * dev.ingestkit.local.events.Arn}, {@link dev.ingestkit.local.events.ShardId}, {@link
 * dev.ingestkit.local.events.SequenceNumber}), rates and waits, threads and JSON. No code here depends on a service.
 */
@org.jspecify.annotations.NullMarked
package dev.ingestkit.local.events;
