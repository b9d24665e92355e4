package dev.ingestkit.local.faults;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Injects faults by rules that can be changed while the runtime works. The first rule that is due wins. By {@code nth}
 * and {@code every} a rule counts its matching calls; by {@code rate} it decides from its seed, the call's target and
 * how often it has seen that target: the same seed injects into the same events, in any order of arrival,
 * up to 10,000 targets. Thread-safe; without
 * rules {@link #next} is one volatile read.
 */
public final class FaultRules implements Faults {

    private final BiConsumer<FaultRule, String> injected;
    private volatile List<ActiveRule> rules = List.of();

    /**
     * Creates an empty set of rules.
     *
     * @param injected receives each fault with its target, before it takes effect
     */
    public FaultRules(BiConsumer<FaultRule, String> injected) {
        this.injected = requireNonNull(injected, "injected");
    }

    @Override
    public Optional<Fault> next(FaultStage stage, String target) {
        return next(stage, target, List::of);
    }

    @Override
    public Optional<Fault> next(FaultStage stage, String target, Supplier<List<String>> events) {
        List<ActiveRule> now = rules;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        for (ActiveRule active : now) {
            if (active.rule.stage() == stage && active.isDue(target, events)) {
                injected.accept(active.rule, target);
                Duration delay = active.rule.kind() == FaultKind.DELAY ? active.rule.delay() : Duration.ZERO;
                return Optional.of(new Fault(active.rule.kind(), delay));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isActive(FaultStage stage) {
        List<ActiveRule> now = rules;
        return !now.isEmpty() && now.stream().anyMatch(active -> active.rule.stage() == stage);
    }

    /** Adds a rule after the others. */
    public synchronized void add(FaultRule rule) {
        List<ActiveRule> more = new ArrayList<>(rules);
        more.add(new ActiveRule(rule));
        rules = List.copyOf(more);
    }

    /** Removes all rules. */
    public synchronized void clear() {
        rules = List.of();
    }

    /** Returns the rules in order, with their counts so far. */
    public List<State> states() {
        return rules.stream()
                .map(active -> new State(active.rule, active.calls.get(), active.hits.get()))
                .toList();
    }

    /**
     * A rule with its counts.
     *
     * @param calls matching calls so far
     * @param hits faults injected so far
     */
    public record State(FaultRule rule, long calls, long hits) {}

    /** A rule with its counters. */
    private static final class ActiveRule {
        private static final int MAX_TARGETS = 10_000;

        private final FaultRule rule;
        private final Pattern pattern;
        private final AtomicLong calls = new AtomicLong();
        private final Map<String, AtomicLong> met = new ConcurrentHashMap<>();
        private final AtomicLong hits = new AtomicLong();

        ActiveRule(FaultRule rule) {
            this.rule = rule;
            this.pattern = rule.pattern();
        }

        boolean isDue(String target, Supplier<List<String>> events) {
            if (!matches(target, events)) {
                return false;
            }
            return due(calls.incrementAndGet(), target) && hit();
        }

        private boolean matches(String target, Supplier<List<String>> events) {
            return pattern.matcher(target).matches()
                    || events.get().stream().anyMatch(id -> pattern.matcher(id).matches());
        }

        /** Counts an injection, within the rule's limit. */
        private boolean hit() {
            long most = rule.frequency().times().orElse(Long.MAX_VALUE);
            return hits.getAndUpdate(count -> Math.min(count + 1, most)) < most;
        }

        private boolean due(long call, String target) {
            double rate = rule.frequency().rate();
            return rule.frequency().counts(call) && (rate >= 1 || chance(call, target) < rate);
        }

        private double chance(long call, String target) {
            AtomicLong known = met.get(target);
            if (known == null && met.size() < MAX_TARGETS) {
                known = met.computeIfAbsent(target, first -> new AtomicLong());
            }
            // Beyond the limit the order of calls matters; otherwise memory would grow with the events.
            long times = known == null ? -call : known.incrementAndGet();
            long mixed = rule.frequency().seed() * 0x9E3779B97F4A7C15L + target.hashCode();
            return new SplittableRandom(mixed * 0xBF58476D1CE4E5B9L + times).nextDouble();
        }
    }
}
