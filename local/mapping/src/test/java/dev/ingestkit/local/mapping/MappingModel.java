package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.ModelCase.Answer;
import dev.ingestkit.local.mapping.ModelCase.Kind;
import dev.ingestkit.local.mapping.ModelCase.Put;
import dev.ingestkit.local.mapping.ModelCase.Reshard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * AWS's rules for an event source mapping in their shortest form: shard by shard, one batch after the other,
 * with a number for the time. The model knows nothing of event loops, readers or checkpoints.
 */
final class MappingModel {

    /** An externally visible step: a delivery, or a message to the destination. */
    record Seen(long atMillis, String what) {}

    private static final class Work {
        private final List<Put> records;
        private int invocations;
        private long notBefore;

        private Work(List<Put> records) {
            this.records = records;
        }
    }

    private final ModelCase given;
    private final MappingConfig config;
    private final ModelCase.Treatment treatment;
    private final Map<Integer, List<Seen>> seen = new TreeMap<>();
    private final Map<Integer, Long> drained = new TreeMap<>();
    private long now;

    MappingModel(ModelCase given) {
        this.given = given;
        this.config = given.config;
        this.treatment = given.treatment();
    }

    /** Returns the visible steps of each shard. */
    Map<Integer, List<Seen>> run() {
        for (int shard = 0; shard < given.firstShards; shard++) {
            run(shard, 0);
        }
        for (Reshard reshard : given.reshards) {
            long parentsDone =
                    reshard.parents().stream().mapToLong(drained::get).max().orElseThrow();
            reshard.children().forEach(child -> run(child, parentsDone));
        }
        return seen;
    }

    private void run(int shard, long start) {
        now = start;
        seen.put(shard, new ArrayList<>());
        long closes = given.reshards.stream()
                .filter(reshard -> reshard.parents().contains(shard))
                .mapToLong(Reshard::atMillis)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        Deque<Put> waiting = new ArrayDeque<>(given.puts.stream()
                .filter(put -> put.shard() == shard)
                .filter(put -> config.settings().filterPatterns().isEmpty()
                        || put.nature().passesFilter())
                .toList());
        while (!waiting.isEmpty()) {
            deliver(shard, new Work(nextBatch(waiting, start, closes)));
        }
        drained.put(shard, Math.max(now, closes == Long.MAX_VALUE ? 0 : closes));
    }

    /** Delivers a batch when it is full, when its window is over, or when the shard has no more records. */
    private List<Put> nextBatch(Deque<Put> waiting, long start, long closes) {
        long firstRead = Math.max(waiting.getFirst().atMillis(), start);
        long fullAt = waiting.stream()
                .skip(config.settings().batching().size() - 1L)
                .mapToLong(put -> Math.max(put.atMillis(), start))
                .findFirst()
                .orElse(Long.MAX_VALUE);
        long windowOver = firstRead + config.settings().batching().windowSeconds() * 1_000L;
        now = Math.max(Math.max(now, firstRead), Math.min(Math.min(fullAt, windowOver), closes));
        List<Put> batch = new ArrayList<>();
        while (!waiting.isEmpty()
                && batch.size() < config.settings().batching().size()
                && waiting.getFirst().atMillis() <= now) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private void deliver(int shard, Work first) {
        Deque<Work> work = new ArrayDeque<>(List.of(first));
        while (!work.isEmpty()) {
            Work batch = work.removeFirst();
            if (config.settings().retries().maxAttempts() >= 0
                    && batch.invocations > config.settings().retries().maxAttempts()) {
                giveUp(shard, "RetryAttemptsExhausted", batch.records, batch.invocations);
                continue;
            }
            int expired = expired(batch.records);
            if (expired > 0) {
                giveUp(shard, "RecordAgeExceeded", batch.records.subList(0, expired), Math.max(1, batch.invocations));
                if (expired < batch.records.size()) {
                    work.addFirst(new Work(batch.records.subList(expired, batch.records.size())));
                }
            } else if (now < batch.notBefore) {
                now = Math.min(batch.notBefore, expiry(batch.records.get(0)));
                work.addFirst(batch);
            } else {
                invoke(shard, batch, work);
            }
        }
    }

    private void invoke(int shard, Work batch, Deque<Work> work) {
        List<Integer> ids = batch.records.stream().map(Put::id).toList();
        requireNonNull(seen.get(shard)).add(new Seen(now, "delivered " + ids));
        Answer answer = treatment.of(ids);
        if (answer.kind() == Kind.SUCCESS) {
            return;
        }
        int size = ids.size();
        if (answer.kind() == Kind.REPORT && answer.firstFailed() > 0) {
            work.addFirst(new Work(batch.records.subList(answer.firstFailed(), size)));
        } else if (answer.kind() != Kind.THROTTLED
                && config.settings().retries().bisectBatch()
                && size > 1) {
            work.addFirst(new Work(batch.records.subList(size / 2, size)));
            work.addFirst(new Work(batch.records.subList(0, size / 2)));
        } else {
            batch.invocations += answer.kind() == Kind.THROTTLED ? 0 : 1;
            batch.notBefore = now + ModelCase.BACKOFF.toMillis();
            work.addFirst(batch);
        }
    }

    private int expired(List<Put> records) {
        int expired = 0;
        while (expired < records.size() && now >= expiry(records.get(expired))) {
            expired++;
        }
        return expired;
    }

    private long expiry(Put put) {
        int seconds = config.settings().retries().maxRecordAgeSeconds();
        return seconds < 0 ? Long.MAX_VALUE : put.atMillis() + seconds * 1_000L;
    }

    private void giveUp(int shard, String condition, List<Put> records, int invocations) {
        requireNonNull(seen.get(shard))
                .add(new Seen(
                        now,
                        "%s after %d %s"
                                .formatted(
                                        condition,
                                        invocations,
                                        records.stream().map(Put::id).toList())));
    }
}
