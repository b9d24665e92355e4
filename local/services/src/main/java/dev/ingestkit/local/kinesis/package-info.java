/**
 * Kinesis Data Streams in memory: shards by hash range, sequence numbers, retention, iterators, enhanced fan-out,
 * limits.
 *
 * <p>{@link dev.ingestkit.local.kinesis.KinesisService} maps actions to the {@code …Actions} classes, which validate
 * members and translate between the API and {@code KinesisStream}, {@code Shard} and {@code RecordLog}. Readers of the
 * same process use a {@link dev.ingestkit.local.kinesis.StreamHandle} and its {@link
 * dev.ingestkit.local.kinesis.ShardCursor}. The package stays whole despite its size: actions, streams and shards share
 * package-private types, which rooms would have to make public.
 *
 * <p>Threads: actions run on the caller's thread. A shard's lock is held only to move references; {@code
 * KinesisStream.changes()} serializes changes of a stream. One daemon thread, {@code kinesis}, expires records, scales
 * on-demand streams and pushes to subscriptions.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html">Kinesis Data Streams concepts</a>
 */
@NullMarked
package dev.ingestkit.local.kinesis;

import org.jspecify.annotations.NullMarked;
