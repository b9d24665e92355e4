package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Faults by rules that can be changed while the runtime works. The first rule that strikes wins. A rule decides by its
 * own count of matching calls and its seed, so the same seed and the same order of calls give the same faults.
 * Thread-safe; without rules {@link #next} is one volatile read.
 */
public final class FaultRules implements Faults {

    private final BiConsumer<FaultRule, String> struck;
    private volatile List<ActiveRule> rules = List.of();

    /**
     * @param struck told of each fault with its target, before it takes effect
     */
    public FaultRules(BiConsumer<FaultRule, String> struck) {
        this.struck = requireNonNull(struck, "struck");
    }

    @Override
    public Optional<Fault> next(FaultStage stage, String target) {
        List<ActiveRule> now = rules;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        for (ActiveRule active : now) {
            if (active.rule.stage() == stage && active.strikes(target)) {
                struck.accept(active.rule, target);
                Duration delay = active.rule.kind() == FaultKind.DELAY ? active.rule.delay() : Duration.ZERO;
                return Optional.of(new Fault(active.rule.kind(), delay));
            }
        }
        return Optional.empty();
    }

    /** Adds a rule behind the others. */
    public synchronized void add(FaultRule rule) {
        List<ActiveRule> more = new ArrayList<>(rules);
        more.add(new ActiveRule(rule));
        rules = List.copyOf(more);
    }

    /** Ends all faults at once. */
    public synchronized void clear() {
        rules = List.of();
    }

    /** The rules with what they did so far, in order. */
    public List<State> states() {
        return rules.stream()
                .map(active -> new State(active.rule, active.calls.get(), active.hits.get()))
                .toList();
    }

    /**
     * A rule's doings.
     *
     * @param calls matching calls so far
     * @param hits faults injected so far
     */
    public record State(FaultRule rule, long calls, long hits) {}

    /** A rule with its counters. */
    private static final class ActiveRule {
        private final FaultRule rule;
        private final Pattern pattern;
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong hits = new AtomicLong();

        ActiveRule(FaultRule rule) {
            this.rule = rule;
            this.pattern = rule.pattern();
        }

        boolean strikes(String target) {
            if (!pattern.matcher(target).matches()) {
                return false;
            }
            long call = calls.incrementAndGet();
            return due(call) && hits.incrementAndGet() <= rule.times().orElse(Long.MAX_VALUE);
        }

        private boolean due(long call) {
            if (rule.nth().isPresent() && rule.nth().getAsLong() != call) {
                return false;
            }
            if (rule.every().isPresent() && call % rule.every().getAsLong() != 0) {
                return false;
            }
            return rule.rate() >= 1
                    || new SplittableRandom(rule.seed() * 0x9E3779B97F4A7C15L + call).nextDouble() < rule.rate();
        }
    }
}
