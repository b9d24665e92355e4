/**
 * The event source mapping: batches, retries, bisect, partial failures, parallelization, tumbling windows, filters,
 * checkpoints and on-failure destinations, as Lambda implements them for Kinesis streams.
 *
 * <p>{@link dev.ingestkit.local.mapping.EventSourceMapping} runs one mapping on an event loop. The rules are in
 * {@code Lane} and {@code BatchFormer}, which neither do I/O nor read a clock; {@code ShardConsumer} and
 * {@code LaneDriver} perform their steps. The stream, the function, the destination and the checkpoints are
 * reached through small interfaces.
 */
@NullMarked
package dev.ingestkit.local.mapping;

import org.jspecify.annotations.NullMarked;
