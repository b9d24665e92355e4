/**
 * DynamoDB Streams: streams, shards, iterators and records. Thread-safe. {@link
 * dev.ingestkit.local.table.api.stream.TableStream} serves readers of this process.
 */
@NullMarked
package dev.ingestkit.local.table.api.stream;

import org.jspecify.annotations.NullMarked;
