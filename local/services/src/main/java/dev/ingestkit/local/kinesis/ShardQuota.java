package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.TokenBucket;

/** Two rates that a request must satisfy: requests and bytes per second. Thread-safe. */
interface ShardQuota {

    /** Records per second that AWS accepts into one shard. */
    double SHARD_RECORDS = 1_000;

    /** Bytes per second that AWS accepts into one shard. */
    double SHARD_BYTES = 1_048_576;

    /** The absence of limits. */
    ShardQuota NONE = new ShardQuota() {
        @Override
        public boolean tryTake(long bytes, long nowMillis) {
            return true;
        }

        @Override
        public void charge(long bytes) {}
    };

    /**
     * Takes one request (or record) of a size if the quota allows it now.
     *
     * @return false, with nothing taken, if the quota is exceeded
     */
    boolean tryTake(long bytes, long nowMillis);

    /** Charges bytes that were unknown when the request was admitted; later requests wait accordingly. */
    void charge(long bytes);

    /** Returns the write quota of a number of shards: 1,000 records and 1 MiB per second each. */
    static ShardQuota shardWrites(int shards) {
        return new Rates(SHARD_RECORDS * shards, SHARD_BYTES * shards);
    }

    /** Returns the read quota of one shard: 5 calls and 2 MiB per second. */
    static ShardQuota shardReads() {
        return new Rates(5, 2 * 1_048_576.0);
    }

    /** Two token buckets under one lock. */
    final class Rates implements ShardQuota {

        private final TokenBucket requests;
        private final TokenBucket bytes;

        Rates(double requestsPerSecond, double bytesPerSecond) {
            this.requests = new TokenBucket(requestsPerSecond);
            this.bytes = new TokenBucket(bytesPerSecond);
        }

        @Override
        public synchronized boolean tryTake(long size, long nowMillis) {
            if (!requests.has(1, nowMillis) || !bytes.has(Math.max(size, 1), nowMillis)) {
                return false;
            }
            requests.take(1);
            bytes.take(size);
            return true;
        }

        @Override
        public synchronized void charge(long size) {
            bytes.take(size);
        }
    }
}
