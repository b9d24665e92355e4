/** Kinesis Data Streams: shards by hash range, sequence numbers, retention, iterators, limits. */
@NullMarked
package dev.ingestkit.local.kinesis;

import org.jspecify.annotations.NullMarked;
