package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.ShardId;
import java.util.Optional;

/**
 * Finds shards by the names that callers use: {@code shardId-000000000003} and, as AWS accepts, {@code shardId-3} or
 * {@code 3}.
 */
final class ShardNames {

    private ShardNames() {}

    private static Optional<ShardId> parse(String name) {
        return ShardId.tryParse(name).filter(id -> id.index() <= Integer.MAX_VALUE);
    }

    /** Returns the shard for an action that reads. */
    static Shard readable(KinesisStream stream, String name, KinesisErrors errors) {
        ShardId id = parse(name).orElseThrow(() -> errors.couldNotFindShard(name, stream.name()));
        return readable(stream, id, errors);
    }

    /** Returns the shard for an action that reads. */
    static Shard readable(KinesisStream stream, ShardId id, KinesisErrors errors) {
        return stream.shards().find(id).orElseThrow(() -> errors.shardDoesNotExist(id, stream.name()));
    }

    /** Returns the shard for an action that changes it. */
    static Shard changeable(KinesisStream stream, String name, KinesisErrors errors) {
        ShardId id = parse(name).orElseThrow(() -> errors.couldNotFindShard(name, stream.name()));
        return stream.shards().find(id).orElseThrow(() -> errors.couldNotFindShard(id.toString(), stream.name()));
    }
}
