package dev.ingestkit.cli.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan for a load: its capacity, cost and quotas.
 *
 * @param parameters the template's parameters, for {@code sam deploy --parameter-overrides}
 */
public record Plan(
        CapacityMode mode,
        Number eventsPerSecond,
        long bytes,
        Capacity capacity,
        String parameters,
        @JsonUnwrapped LoadPrice price,
        @JsonUnwrapped FirstQuotas firstQuotas,
        @JsonUnwrapped Details details) {

    /**
     * The first quotas in the way of a load.
     *
     * @param exceeded the first quota that this load exceeds, null if it exceeds none
     * @param next the first quota that a growing load reaches, null if none up to 10,000,000 events/s
     */
    public record FirstQuotas(
            @Nullable Quota exceeded, @Nullable Quota next) {

        static FirstQuotas of(List<Quota> quotas) {
            return new FirstQuotas(
                    quotas.stream().filter(Quota::exceeded).findFirst().orElse(null),
                    quotas.stream()
                            .filter(quota -> !quota.exceeded() && quota.eventsPerSecond() < Load.MAX_EVENTS_PER_SECOND)
                            .findFirst()
                            .orElse(null));
        }
    }

    /** The items of the bill, and all quotas that the load touches. */
    public record Details(List<CostItem> costs, List<Quota> quotas) {

        public Details {
            costs = List.copyOf(costs);
            quotas = List.copyOf(quotas);
        }
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
                new LoadPrice(
                        Amount.of(bill.perMonth() / (load.eventsPerSecond() * Bill.SECONDS) * 1_000_000),
                        Amount.of(bill.perMonth())),
                FirstQuotas.of(quotas),
                new Details(bill.items(), quotas));
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
