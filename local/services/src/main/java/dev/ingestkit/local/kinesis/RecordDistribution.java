package dev.ingestkit.local.kinesis;

/**
 * The ways in which a stream chooses the shard of a record.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamRecordDistributionStrategy.html">UpdateStreamRecordDistributionStrategy</a>
 */
enum RecordDistribution {
    /** Distributes evenly, whatever keys a producer sends; on-demand streams only. */
    AUTO,
    /** Distributes by the partition key's hash, or by the explicit hash key. */
    USER_PARTITION_KEY
}
