package dev.ingestkit.proof.attack;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.proof.attack.Attack.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Attacks from several threads. What one thread sends is decided by the seed and its number alone. To be run once. */
public final class FuzzRun {

    private static final List<Attack> ATTACKS = List.of(
            new RequestAttack(),
            new ServiceAttack(),
            new InjectionAttack(),
            new StrangerAttack(),
            new FrameAttack(),
            new SlowAttack());
    private static final int LOOK_EVERY = 50;
    private static final int MOST_FINDINGS = 20;

    private final Door door;
    private final long seed;
    private final int threads;
    private final Map<String, AtomicLong> strikes = new ConcurrentSkipListMap<>();
    private final Collection<String> findings = new ConcurrentLinkedQueue<>();

    public FuzzRun(Door door, long seed, int threads) {
        this.door = requireNonNull(door, "door");
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * What came of it.
     *
     * @param strikes by kind of attack
     * @param findings what must not be, each with what caused it
     */
    public record Report(long seed, Map<String, Long> strikes, List<String> findings) {

        public Report {
            strikes = Map.copyOf(strikes);
            findings = List.copyOf(findings);
        }

        /** All strikes together. */
        public long total() {
            return strikes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Attacks until told to stop.
     *
     * @param most strikes of each thread
     */
    public Report run(long most, BooleanSupplier goOn) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                SplittableRandom random = new SplittableRandom(seed + number);
                running.add(pool.submit(() -> attack(random, most, goOn)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an attacker failed; seed " + seed, failed.getCause());
        } finally {
            pool.shutdownNow();
        }
        Map<String, Long> counts = new TreeMap<>();
        strikes.forEach((name, count) -> counts.put(name, count.get()));
        return new Report(seed, counts, List.copyOf(findings));
    }

    private void attack(SplittableRandom random, long most, BooleanSupplier goOn) {
        for (long number = 1; number <= most && goOn.getAsBoolean() && findings.size() < MOST_FINDINGS; number++) {
            // Slow senders open many connections: one strike of theirs among many others.
            int kind = random.nextInt(LOOK_EVERY) == 0 ? ATTACKS.size() - 1 : random.nextInt(ATTACKS.size() - 1);
            Attack attack = ATTACKS.get(kind);
            try {
                attack.strike(door, random);
                if (number % LOOK_EVERY == 0 && !door.answers()) {
                    findings.add("the port does not answer after " + attack.name());
                }
            } catch (Finding finding) {
                findings.add(String.valueOf(finding.getMessage()));
            } catch (IOException noAnswer) {
                findings.add("%s: no answer: %s".formatted(attack.name(), noAnswer));
            }
            strikes.computeIfAbsent(attack.name(), name -> new AtomicLong()).incrementAndGet();
        }
    }
}
