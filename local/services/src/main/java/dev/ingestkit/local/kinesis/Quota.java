package dev.ingestkit.local.kinesis;

/** Two rates that a request must both fit: how many and how large. Thread-safe. */
interface Quota {

    /** Records that AWS lets into one shard in a second. */
    double SHARD_RECORDS = 1_000;

    /** Bytes that AWS lets into one shard in a second. */
    double SHARD_BYTES = 1_048_576;

    /** No limit. */
    Quota NONE = new Quota() {
        @Override
        public boolean tryTake(long bytes, long nowMillis) {
            return true;
        }

        @Override
        public void charge(long bytes) {}
    };

    /**
     * Takes one request (or record) of a size, if it fits now.
     *
     * @return false, nothing taken, if it does not fit
     */
    boolean tryTake(long bytes, long nowMillis);

    /** Takes bytes that were not known when the request was let in: later ones wait the longer. */
    void charge(long bytes);

    /** What AWS lets into one shard: 1,000 records and 1 MiB a second. */
    static Quota shardWrites(int shards) {
        return new Rates(SHARD_RECORDS * shards, SHARD_BYTES * shards);
    }

    /** What AWS lets be read from one shard: 5 calls and 2 MiB a second. */
    static Quota shardReads() {
        return new Rates(5, 2 * 1_048_576.0);
    }

    /** Both buckets under one lock. */
    final class Rates implements Quota {

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
