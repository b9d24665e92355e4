package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.ShardId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parents of a shard.
 *
 * @param parent the id of the shard it was split from, or of the first one it was merged from
 * @param adjacent the id of the second one it was merged from
 */
record Lineage(@Nullable ShardId parent, @Nullable ShardId adjacent) {

    static final Lineage NONE = new Lineage(null, null);

    List<ShardId> parents() {
        return Stream.of(Optional.ofNullable(parent), Optional.ofNullable(adjacent))
                .flatMap(Optional::stream)
                .toList();
    }

    boolean names(ShardId shardId) {
        return shardId.equals(parent) || shardId.equals(adjacent);
    }
}
