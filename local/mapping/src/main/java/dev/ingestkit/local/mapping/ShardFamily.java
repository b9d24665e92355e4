package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.StreamSource.Shard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream's shards and their consumers. A child is read after its parents are drained, so that one key's records
 * keep their order over a split or merge. Runs on the mapping's event loop; {@link #consumers} may be called from
 * any thread.
 */
final class ShardFamily {

    private record Member(Shard shard, ShardConsumer consumer) {}

    private final Map<String, Member> members = new LinkedHashMap<>();
    private volatile List<ShardConsumer> consumers = List.of();

    boolean knows(String shardId) {
        return members.containsKey(shardId);
    }

    void add(Shard shard, ShardConsumer consumer) {
        members.put(shard.id(), new Member(shard, consumer));
        consumers = members.values().stream().map(Member::consumer).toList();
    }

    /** Returns the consumers in the order in which their shards were found. */
    List<ShardConsumer> consumers() {
        return consumers;
    }

    /** Returns the consumers whose shards may be read now. */
    List<ShardConsumer> ready() {
        List<ShardConsumer> ready = new ArrayList<>();
        for (Member member : members.values()) {
            boolean parentsDone =
                    done(member.shard().parent()) && done(member.shard().adjacentParent());
            if (!member.consumer().drained() && parentsDone) {
                ready.add(member.consumer());
            }
        }
        return ready;
    }

    private boolean done(@Nullable String parent) {
        Member member = parent == null ? null : members.get(parent);
        return member == null || member.consumer().drained();
    }
}
