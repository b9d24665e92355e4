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

/**
 * Attacks from several threads. A thread's input depends on the seed and the thread's number only. An instance runs
 * once.
 */
public final class FuzzRun {

    private static final List<Attack> ATTACKS = List.of(
            new RequestAttack(),
            new ServiceAttack(),
            new InjectionAttack(),
            new StrangerAttack(),
            new FrameAttack(),
            new SlowAttack());
    private static final int LOOK_EVERY = 50;
    private static final int MAX_FINDINGS = 20;

    private final Door door;
    private final long seed;
    private final int threads;
    private final Map<String, AtomicLong> attacks = new ConcurrentSkipListMap<>();
    private final Collection<String> findings = new ConcurrentLinkedQueue<>();

    public FuzzRun(Door door, long seed, int threads) {
        this.door = requireNonNull(door, "door");
        this.seed = seed;
        this.threads = threads;
    }

    /**
     * The outcome of a run.
     *
     * @param attacks number of attacks by kind
     * @param findings violations, each with its cause
     */
    public record Report(long seed, Map<String, Long> attacks, List<String> findings) {

        public Report {
            attacks = Map.copyOf(attacks);
            findings = List.copyOf(findings);
        }

        /** Returns the total number of attacks. */
        public long total() {
            return attacks.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Attacks until the caller stops it.
     *
     * @param most the maximum number of attacks of each thread
     */
    public Report run(long most, BooleanSupplier goOn) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                SplittableRandom random = new SplittableRandom(seed + number);
                running.add(pool.submit(() -> attackRepeatedly(random, most, goOn)));
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
        attacks.forEach((name, count) -> counts.put(name, count.get()));
        return new Report(seed, counts, List.copyOf(findings));
    }

    private void attackRepeatedly(SplittableRandom random, long most, BooleanSupplier goOn) {
        for (long number = 1; number <= most && goOn.getAsBoolean() && findings.size() < MAX_FINDINGS; number++) {
            // Slow senders open many connections, so one of their attacks is mixed with many others.
            int kind = random.nextInt(LOOK_EVERY) == 0 ? ATTACKS.size() - 1 : random.nextInt(ATTACKS.size() - 1);
            Attack attack = ATTACKS.get(kind);
            try {
                attack.run(door, random);
                if (number % LOOK_EVERY == 0 && !door.answers()) {
                    findings.add("the port does not answer after " + attack.name());
                }
            } catch (Finding finding) {
                findings.add(String.valueOf(finding.getMessage()));
            } catch (IOException noAnswer) {
                findings.add("%s: no answer: %s".formatted(attack.name(), noAnswer));
            }
            attacks.computeIfAbsent(attack.name(), name -> new AtomicLong()).incrementAndGet();
        }
    }
}
