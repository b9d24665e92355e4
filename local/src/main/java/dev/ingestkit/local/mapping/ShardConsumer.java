package dev.ingestkit.local.mapping;

import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.BatchFormer.Supply;
import dev.ingestkit.local.mapping.CheckpointTracker.Mark;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard, hands its records to the lanes and keeps its checkpoint. Reading goes ahead of delivery within a
 * bound of records and bytes. A read that fails is made again after a while; nothing is skipped. Runs on the mapping's
 * event loop.
 */
final class ShardConsumer implements LaneDriver.Owner {

    /** Records that are held at most because an older one, on another lane, is not done with. */
    private static final int MOST_TRACKED = 100_000;

    private final String shardId;
    private final MappingEnvironment environment;
    private final MappingMeter meter;
    private final ShardMeter shardMeter = new ShardMeter();
    private final Runnable whenDrained;
    private final Position start;

    private MappingConfig config;
    private EventFilter filter;
    private ShardWork work;
    private List<LaneDriver> lanes = List.of();
    private CheckpointTracker tracker = new CheckpointTracker();
    private ReadAhead ahead;
    private Mark saved = Mark.START;
    private @Nullable String checkpoint;
    private @Nullable String firstRead;
    private @Nullable ShardReader reader;
    private @Nullable CompletableFuture<Void> paused;
    private boolean running;
    private boolean calling;
    private boolean awaiting;
    private boolean caughtUp;
    private boolean endReached;
    private boolean drained;
    private int generation;
    private int readFailures;
    private long nextIndex;

    /**
     * @param checkpoint the last sequence number that is done with; null to begin at {@code start}
     * @param whenDrained called once when the shard is closed and all of it is done with
     */
    ShardConsumer(
            String shardId,
            MappingConfig config,
            MappingEnvironment environment,
            MappingMeter meter,
            Position start,
            @Nullable String checkpoint,
            Runnable whenDrained) {
        this.shardId = shardId;
        this.config = config;
        this.environment = environment;
        this.meter = meter;
        this.start = start;
        this.checkpoint = checkpoint;
        this.whenDrained = whenDrained;
        this.ahead = new ReadAhead(config);
        this.filter = EventFilter.compile(config.filterPatterns());
        this.work = ShardWork.of(config, environment, meter, shardMeter, shardId);
        if (checkpoint != null) {
            shardMeter.checkpoint(checkpoint);
        }
    }

    MappingMetrics.ShardMetrics metrics() {
        return shardMeter.snapshot(shardId);
    }

    boolean drained() {
        return drained;
    }

    void markDrained() {
        drained = true;
        shardMeter.drained();
    }

    @Override
    public boolean running() {
        return running;
    }

    /** Opens the reader where the shard stands, again and again until it is open. */
    CompletableFuture<Void> open() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        open(opened, generation);
        return opened;
    }

    private void open(CompletableFuture<Void> opened, int asked) {
        calling = true;
        CompletionStage<?> unused = attempt(() -> environment.source().open(shardId, position()))
                .whenComplete((next, failure) -> environment.loop().execute(() -> {
                    calling = false;
                    if (asked != generation) {
                        Optional.ofNullable(next).ifPresent(ShardReader::close);
                        ended();
                    } else if (next != null) {
                        readFailures = 0;
                        reader = next;
                        opened.complete(null);
                        ended();
                    } else {
                        sourceFailed(failure, () -> open(opened, asked), asked);
                    }
                }));
    }

    private Position position() {
        if (checkpoint != null) {
            return new Position.AfterSequenceNumber(checkpoint);
        }
        return firstRead != null ? new Position.AtSequenceNumber(firstRead) : start;
    }

    /** Begins, or goes on after a pause, with a configuration that may be another. */
    void resume(MappingConfig next) {
        if (running || drained) {
            return;
        }
        config = next;
        filter = EventFilter.compile(next.filterPatterns());
        work = ShardWork.of(next, environment, meter, shardMeter, shardId);
        tracker = new CheckpointTracker();
        saved = Mark.START;
        lanes = newLanes();
        ahead = new ReadAhead(next);
        shardMeter.buffered.set(0);
        running = true;
        if (reader != null && firstRead == null && !endReached) {
            read();
            return;
        }
        generation++;
        closeReader();
        endReached = false;
        CompletionStage<?> unused = open().thenRun(this::read);
    }

    private List<LaneDriver> newLanes() {
        List<LaneDriver> drivers = new ArrayList<>(config.parallelizationFactor());
        CheckpointTracker positions = tracker;
        for (int index = 0; index < config.parallelizationFactor(); index++) {
            Lane lane = new Lane(work.rules(), environment.random(), positions::lowWater);
            drivers.add(new LaneDriver(work, lane, this));
        }
        return List.copyOf(drivers);
    }

    /** Begins no call any more; the future ends when those under way have ended and the checkpoint is kept. */
    CompletableFuture<Void> pause() {
        CompletableFuture<Void> done = paused == null ? new CompletableFuture<>() : paused;
        paused = done;
        running = false;
        lanes.forEach(LaneDriver::stopWaiting);
        ended();
        return done;
    }

    /** Closes the reader. Calls under way may still end; nothing comes of them. */
    void close() {
        running = false;
        generation++;
        lanes.forEach(LaneDriver::stopWaiting);
        closeReader();
    }

    private void closeReader() {
        awaiting = false;
        caughtUp = false;
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** A call has ended: perhaps the last one that a pause waits for. */
    private void ended() {
        boolean quiet =
                !calling && lanes.stream().noneMatch(driver -> driver.lane().busy());
        if (paused != null && quiet) {
            CompletableFuture<Void> done = paused;
            paused = null;
            done.complete(null);
        }
    }

    private void read() {
        ShardReader from = reader;
        if (!running || calling || awaiting || endReached || from == null || full()) {
            return;
        }
        calling = true;
        int asked = generation;
        CompletionStage<?> unused = attempt(() -> from.read(ahead.room()))
                .whenComplete(
                        (records, failure) -> environment.loop().execute(() -> readEnded(records, failure, asked)));
    }

    private void readEnded(StreamSource.@Nullable Records records, @Nullable Throwable failure, int asked) {
        calling = false;
        if (records != null && firstRead == null && !records.records().isEmpty()) {
            firstRead = records.records().get(0).sequenceNumber();
        }
        if (!running || asked != generation) {
            ended();
            return;
        }
        if (records == null) {
            sourceFailed(failure, this::read, asked);
            return;
        }
        readFailures = 0;
        endReached = records.endOfShard();
        caughtUp = records.records().isEmpty();
        ingest(records.records());
        if (caughtUp && !endReached) {
            await();
        }
        progress();
    }

    private void await() {
        ShardReader from = reader;
        if (from == null) {
            return;
        }
        awaiting = true;
        int asked = generation;
        CompletionStage<?> unused = attempt(from::awaitRecords)
                .whenComplete((nothing, failure) -> environment.loop().execute(() -> {
                    if (asked != generation) {
                        return;
                    }
                    awaiting = false;
                    if (failure != null) {
                        sourceFailed(failure, this::read, asked);
                    } else {
                        read();
                    }
                }));
    }

    private void sourceFailed(@Nullable Throwable failure, Runnable again, int asked) {
        readFailures++;
        meter.sourceFailures.incrementAndGet();
        meter.error("shard %s could not be read: %s".formatted(shardId, failure == null ? "" : failure.getMessage()));
        Duration wait = environment.backoff().after(readFailures, environment.random());
        environment.loop().schedule(wait, () -> {
            if (asked == generation) {
                again.run();
            }
        });
        ended();
    }

    private static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void ingest(List<StreamRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        meter.polled.addAndGet(records.size());
        Instant now = environment.clock().instant();
        List<String> filtered = new ArrayList<>();
        for (StreamRecord record : records) {
            QueuedRecord queued =
                    new QueuedRecord(nextIndex++, record, work.writer().size(record), now);
            tracker.add(queued);
            if (filter.passes(record)) {
                ahead.add(queued);
                lane(record.partitionKey()).offer(queued);
            } else {
                queued.settle();
                filtered.add(record.sequenceNumber());
            }
        }
        shardMeter.buffered.set(ahead.records());
        if (!filtered.isEmpty()) {
            shardMeter.filtered.addAndGet(filtered.size());
            environment.journal().append(new JournalEvent.Filtered(config.uuid(), shardId, filtered));
        }
    }

    private Lane lane(String partitionKey) {
        if (lanes.size() == 1) {
            return lanes.get(0).lane();
        }
        int spread = partitionKey.hashCode() * 0x9E3779B9;
        return lanes.get(Math.floorMod(spread ^ (spread >>> 16), lanes.size())).lane();
    }

    private boolean full() {
        return ahead.full() || tracker.size() >= MOST_TRACKED;
    }

    @Override
    public Supply supply() {
        if (endReached) {
            return Supply.ENDED;
        }
        if (full()) {
            return Supply.BUFFER_FULL;
        }
        return caughtUp ? Supply.CAUGHT_UP : Supply.MORE;
    }

    @Override
    public void settled(List<QueuedRecord> records) {
        records.forEach(QueuedRecord::settle);
        ahead.remove(records);
        shardMeter.buffered.set(ahead.records());
        progress();
    }

    private void progress() {
        keepCheckpoint();
        if (caughtUp && tracker.size() == 0) {
            shardMeter.iteratorAge(0);
        }
        if (running) {
            lanes.forEach(LaneDriver::drive);
            read();
            if (endReached
                    && tracker.size() == 0
                    && lanes.stream().allMatch(driver -> driver.lane().drained())) {
                finish();
            }
        }
        ended();
    }

    private void keepCheckpoint() {
        Mark mark = tracker.advance();
        for (LaneDriver driver : lanes) {
            Mark floor = driver.lane().floor().orElse(mark);
            mark = floor.index() < mark.index() ? floor : mark;
        }
        if (mark.isStart() || mark.index() <= saved.index()) {
            return;
        }
        saved = mark;
        checkpoint = mark.sequenceNumber();
        shardMeter.checkpoint(mark.sequenceNumber());
        save(new Checkpoint.Done(mark.sequenceNumber()));
    }

    private void finish() {
        running = false;
        save(new Checkpoint.ShardEnd());
        markDrained();
        closeReader();
        whenDrained.run();
    }

    /** A store that fails costs a longer way back after a restart, no record: the mapping goes on. */
    void save(Checkpoint next) {
        try {
            environment.checkpoints().save(config.uuid(), shardId, next.text());
        } catch (RuntimeException failure) {
            meter.error("the checkpoint of %s could not be kept: %s".formatted(shardId, failure.getMessage()));
        }
    }
}
