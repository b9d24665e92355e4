package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.BatchFormer.Supply;
import dev.ingestkit.local.mapping.CheckpointTracker.Mark;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import dev.ingestkit.local.mapping.checkpoint.Checkpoint;
import dev.ingestkit.local.mapping.filter.EventFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Passes one shard's records to the lanes and stores its checkpoint. Reading is ahead of delivery by a limited number
 * of records and bytes. Runs on the mapping's event loop.
 */
final class ShardConsumer implements LaneDriver.Owner, ShardFeed.Owner {

    /** The maximum number of records held because an older one, on another lane, has not been processed. */
    private static final int MAX_TRACKED = 100_000;

    private final String shardId;
    private final MappingEnvironment environment;
    private final MappingMeter meter;
    private final ShardMeter shardMeter = new ShardMeter();
    private final Runnable whenDrained;
    private final ShardFeed feed;

    private MappingConfig config;
    private EventFilter filter;
    private ShardWork work;
    private List<LaneDriver> lanes = List.of();
    private CheckpointTracker tracker = new CheckpointTracker();
    private ReadAhead ahead;
    private Mark saved = Mark.START;
    private @Nullable SequenceNumber checkpoint;
    private @Nullable CompletableFuture<Void> paused;
    private boolean running;
    private boolean drained;
    private long nextIndex;

    /**
     * Creates a consumer that is paused.
     *
     * @param checkpoint the last sequence number that was processed; null to begin at {@code start}
     * @param whenDrained called once when the shard is closed and all of it has been processed
     */
    ShardConsumer(
            String shardId,
            MappingConfig config,
            MappingEnvironment environment,
            MappingMeter meter,
            Position start,
            @Nullable SequenceNumber checkpoint,
            Runnable whenDrained) {
        this.shardId = shardId;
        this.config = config;
        this.environment = environment;
        this.meter = meter;
        this.checkpoint = checkpoint;
        this.whenDrained = whenDrained;
        this.ahead = new ReadAhead(config);
        this.filter = EventFilter.compile(config.kind(), config.settings().filterPatterns());
        this.work = ShardWork.of(config, environment, meter, shardMeter, shardId);
        this.feed = new ShardFeed(shardId, environment, meter, start, this);
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

    /** Opens the reader at the shard's position, with retries until it is open. */
    CompletableFuture<Void> open() {
        return feed.open();
    }

    /** Starts, or continues after a pause, with a configuration that may have changed. */
    void resume(MappingConfig next) {
        if (running || drained) {
            return;
        }
        config = next;
        filter = EventFilter.compile(next.kind(), next.settings().filterPatterns());
        work = ShardWork.of(next, environment, meter, shardMeter, shardId);
        tracker = new CheckpointTracker();
        saved = Mark.START;
        lanes = newLanes();
        ahead = new ReadAhead(next);
        shardMeter.buffered.set(0);
        running = true;
        feed.resume();
    }

    private List<LaneDriver> newLanes() {
        int count = config.settings().batching().parallelizationFactor();
        List<LaneDriver> drivers = new ArrayList<>(count);
        CheckpointTracker positions = tracker;
        for (int number = 1; number <= count; number++) {
            Lane lane = new Lane(work.rules(), environment.failures().random(), positions::lowWater);
            drivers.add(new LaneDriver(work, lane, number, this));
        }
        return List.copyOf(drivers);
    }

    /** Starts no more calls; the future completes when the calls in flight have ended and the checkpoint is stored. */
    CompletableFuture<Void> pause() {
        CompletableFuture<Void> done = paused == null ? new CompletableFuture<>() : paused;
        paused = done;
        running = false;
        lanes.forEach(LaneDriver::stopWaiting);
        callEnded();
        return done;
    }

    /** Closes the reader. Results of calls in flight are discarded. */
    void close() {
        running = false;
        lanes.forEach(LaneDriver::stopWaiting);
        feed.close();
    }

    @Override
    public void callEnded() {
        boolean quiet = !feed.calling()
                && lanes.stream().noneMatch(driver -> driver.lane().busy());
        if (paused != null && quiet) {
            CompletableFuture<Void> done = paused;
            paused = null;
            done.complete(null);
        }
    }

    @Override
    public Optional<SequenceNumber> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    @Override
    public int room() {
        return full() ? 0 : ahead.room();
    }

    @Override
    public void take(List<StreamRecord> records) {
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
                filtered.add(record.sequenceNumber().toString());
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
        return ahead.full() || tracker.size() >= MAX_TRACKED;
    }

    @Override
    public Supply supply() {
        if (feed.endReached()) {
            return Supply.ENDED;
        }
        if (full()) {
            return Supply.BUFFER_FULL;
        }
        return feed.caughtUp() ? Supply.CAUGHT_UP : Supply.MORE;
    }

    @Override
    public void settled(List<QueuedRecord> records) {
        records.forEach(QueuedRecord::settle);
        ahead.remove(records);
        shardMeter.buffered.set(ahead.records());
        progress();
    }

    @Override
    public void progress() {
        keepCheckpoint();
        if (feed.caughtUp() && tracker.size() == 0) {
            shardMeter.iteratorAge(0);
        }
        if (running) {
            lanes.forEach(LaneDriver::drive);
            feed.read();
            if (feed.endReached()
                    && tracker.size() == 0
                    && lanes.stream().allMatch(driver -> driver.lane().drained())) {
                finish();
            }
        }
        callEnded();
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
        feed.release();
        whenDrained.run();
    }

    /**
     * Stores a checkpoint. A failure only means that more records are delivered again after a restart, so the mapping
     * continues.
     */
    void save(Checkpoint next) {
        try {
            environment.checkpoints().save(config.uuid(), shardId, next.text());
        } catch (RuntimeException failure) {
            meter.error("the checkpoint of %s could not be stored: %s".formatted(shardId, failure.getMessage()));
        }
    }
}
