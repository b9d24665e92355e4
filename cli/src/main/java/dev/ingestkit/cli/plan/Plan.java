package dev.ingestkit.cli.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan for a load: its capacity, cost and quotas.
 *
 * @param parameters the template's parameters, for {@code sam deploy --parameter-overrides}
 * @param perMillion US dollars per million events
 * @param perMonth US dollars per month of 730 hours
 * @param exceeded the first quota that this load exceeds, null if it exceeds none
 * @param next the first quota that a growing load reaches, null if none up to 10,000,000 events/s
 */
public record Plan(
        CapacityMode mode,
        Number eventsPerSecond,
        long bytes,
        Capacity capacity,
        String parameters,
        Number perMillion,
        Number perMonth,
        @Nullable Quota exceeded,
        @Nullable Quota next,
        List<CostItem> costs,
        List<Quota> quotas) {

    public Plan {
        costs = List.copyOf(costs);
        quotas = List.copyOf(quotas);
    }

    /** Returns the plan for a load. */
    public static Plan of(Load load, CapacityMode mode, Assumptions assumed, PriceList prices) {
        Capacity capacity = Capacity.of(load, mode, assumed);
        Bill bill = Bill.of(load, mode, capacity, assumed, prices);
        List<Quota> quotas = Quotas.of(load, mode, assumed, prices);
        return new Plan(
                mode,
                Amount.of(load.eventsPerSecond()),
                load.bytes(),
                capacity,
                parameters(load, mode, capacity, assumed),
                Amount.of(bill.perMonth() / (load.eventsPerSecond() * Bill.SECONDS) * 1_000_000),
                Amount.of(bill.perMonth()),
                quotas.stream().filter(Quota::exceeded).findFirst().orElse(null),
                quotas.stream()
                        .filter(quota -> !quota.exceeded() && quota.eventsPerSecond() < Load.MAX_EVENTS_PER_SECOND)
                        .findFirst()
                        .orElse(null),
                bill.items(),
                quotas);
    }

    private static String parameters(Load load, CapacityMode mode, Capacity capacity, Assumptions assumed) {
        String shards = mode == CapacityMode.PROVISIONED ? " ShardCount=" + capacity.shards() : "";
        long rate = (long) Math.ceil(load.eventsPerSecond() / (1 - assumed.headroom()));
        return "StreamMode=%s%s Parallelization=%d BatchSize=%d WriterMemory=%d ThrottleRate=%d ThrottleBurst=%d"
                .formatted(
                        mode,
                        shards,
                        capacity.parallelization(),
                        assumed.batchSize(),
                        capacity.memoryMegabytes(),
                        rate,
                        Math.max(rate / 2, 1));
    }
}
