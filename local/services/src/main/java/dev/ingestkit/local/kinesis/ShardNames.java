package dev.ingestkit.local.kinesis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds shards by the names that callers use: {@code shardId-000000000003} and, as AWS accepts, {@code shardId-3} or
 * {@code 3}.
 */
final class ShardNames {

    private static final Pattern NUMBER = Pattern.compile("(?:[a-zA-Z0-9_.]*-)?(\\d{1,12})");

    private ShardNames() {}

    static Optional<String> canonical(String name) {
        Matcher matcher = NUMBER.matcher(name);
        return matcher.matches() && Long.parseLong(matcher.group(1)) <= Integer.MAX_VALUE
                ? Optional.of(Shard.idOf(Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /** Returns the shard for an action that reads. */
    static Shard readable(KinesisStream stream, String name, KinesisErrors errors) {
        String id = canonical(name).orElseThrow(() -> errors.couldNotFindShard(name, stream.name()));
        return stream.shards().find(id).orElseThrow(() -> errors.shardDoesNotExist(id, stream.name()));
    }

    /** Returns the shard for an action that changes it. */
    static Shard changeable(KinesisStream stream, String name, KinesisErrors errors) {
        String id = canonical(name).orElseThrow(() -> errors.couldNotFindShard(name, stream.name()));
        return stream.shards().find(id).orElseThrow(() -> errors.couldNotFindShard(id, stream.name()));
    }
}
