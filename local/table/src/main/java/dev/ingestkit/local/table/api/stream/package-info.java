/** DynamoDB Streams: streams, shards, iterators and records. */
@NullMarked
package dev.ingestkit.local.table.api.stream;

import org.jspecify.annotations.NullMarked;
