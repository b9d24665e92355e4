package dev.ingestkit.testkit;

/**
 * An event in a stream.
 *
 * @param eventId the partition key
 * @param shardId the shard that it went to
 * @param sequenceNumber its position in the shard
 */
public record PutEvent(String stream, String eventId, String shardId, String sequenceNumber) {}
