package dev.ingestkit.cli.plan;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of a growing rate, and the first quota that is reached between the previous step and this one.
 *
 * @param quota the quota, empty if none is reached
 * @param ask the increase to request for the quota
 */
public record Step(
        CapacityMode mode,
        long eventsPerSecond,
        long shards,
        int parallelization,
        long concurrency,
        @JsonUnwrapped LoadPrice price,
        String quota,
        String ask) {

    private static final long FIRST = 10;
    private static final long LAST = 1_000_000;

    /** Returns a step for each power of ten up to 1,000,000 events/s. */
    public static List<Step> upTo(CapacityMode mode, long bytes, Assumptions assumed, PriceList prices) {
        List<Step> steps = new ArrayList<>();
        long before = 0;
        for (long rate = FIRST; rate <= LAST; rate *= 10) {
            steps.add(of(Plan.of(new Load(rate, bytes), mode, assumed, prices), rate, before));
            before = rate;
        }
        return steps;
    }

    private static Step of(Plan plan, long rate, long before) {
        List<Quota> met = plan.details().quotas().stream()
                .filter(quota -> quota.exceeded() && quota.eventsPerSecond() >= before)
                .toList();
        String more = met.size() > 1 ? ", then %d more".formatted(met.size() - 1) : "";
        return new Step(
                plan.mode(),
                rate,
                plan.capacity().shards(),
                plan.capacity().parallelization(),
                plan.capacity().concurrency(),
                plan.price(),
                met.isEmpty()
                        ? ""
                        : "%s: %s, at %,d%s"
                                .formatted(
                                        met.get(0).service(),
                                        met.get(0).name(),
                                        met.get(0).eventsPerSecond(),
                                        more),
                met.isEmpty() ? "" : met.get(0).ask());
    }
}
