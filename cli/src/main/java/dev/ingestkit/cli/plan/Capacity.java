package dev.ingestkit.cli.plan;

import java.util.List;

/**
 * The capacity that a load needs.
 *
 * @param shards the shards of the stream; for ON_DEMAND AWS's expected number, twice the need and at least four
 * @param parallelization the concurrent batches of one shard
 * @param memoryMegabytes the writer's memory
 * @param concurrency the maximum of concurrent invocations of the writer
 * @param invocationsPerSecond the writer's invocations per second
 * @param batchMillis the duration of one invocation
 * @param writeUnitsPerSecond the table's write units per second
 */
public record Capacity(
        long shards,
        int parallelization,
        int memoryMegabytes,
        long concurrency,
        double invocationsPerSecond,
        double batchMillis,
        double writeUnitsPerSecond) {

    static final double MEBIBYTE = 1_048_576;
    static final int RECORDS_PER_SHARD = 1_000;

    private static final int MAX_PARALLEL = 10;
    private static final int FIRST_SHARDS_ON_DEMAND = 4;
    /** Twice the need of the rate, so that a backlog shrinks while new events come. */
    private static final int CATCH_UP = 2;

    private static final double INVOKE_MEBIBYTES = 6;
    private static final int RECORD_ENVELOPE_BYTES = 500;
    private static final double INVOKE_MILLIS = 5;
    /** The writer's processor time on one whole processor, which Lambda provides with 1,769 MB. */
    private static final double CPU_MILLIS_PER_EVENT = 0.11;

    /** The writer's inserts in one call. */
    private static final double EVENTS_PER_CALL = 25;

    private static final double CPU_MILLIS_PER_KIBIBYTE = 0.01;
    private static final double MEGABYTES_PER_PROCESSOR = 1_769;
    private static final List<Integer> MEMORIES = List.of(1_024, 1_769, 3_008, 5_120, 10_240);
    private static final int JVM_MEGABYTES = 300;
    /** The memory factor of a batch: as Lambda's JSON, decoded, as items, and as requests to DynamoDB. */
    private static final int COPIES_OF_A_BATCH = 8;

    private static final int ITEM_OVERHEAD_BYTES = 300;
    private static final int ITEM_LIMIT_BYTES = 400 * 1_024;

    /** @throws IllegalArgumentException never: loads and assumptions have been checked */
    static Capacity of(Load load, CapacityMode mode, Assumptions assumed) {
        int memory = memory(load, assumed);
        double fullBatch = batch(load, assumed);
        double lanes = Math.ceil(
                load.eventsPerSecond() * CATCH_UP * millis(load, fullBatch, memory, assumed) / fullBatch / 1_000);
        double need = Math.max(load.eventsPerSecond() / RECORDS_PER_SHARD, load.bytesPerSecond() / MEBIBYTE);
        double shards = mode == CapacityMode.PROVISIONED
                ? Math.max(Math.ceil(need / (1 - assumed.headroom())), Math.ceil(lanes / MAX_PARALLEL))
                : Math.max(FIRST_SHARDS_ON_DEMAND, Math.ceil(2 * need));
        int parallelization = (int) Math.min(MAX_PARALLEL, Math.max(1, Math.ceil(lanes / shards)));
        // A shard is polled at least once per second, so at lower rates each event has its own invocation.
        double polls = Math.min(load.eventsPerSecond(), shards);
        double invocations = Math.max(load.eventsPerSecond() / fullBatch, polls);
        return new Capacity(
                (long) shards,
                parallelization,
                memory,
                ((long) shards) * parallelization,
                invocations,
                Math.round(10 * millis(load, load.eventsPerSecond() / invocations, memory, assumed)) / 10.0,
                load.eventsPerSecond() * writeUnits(load, assumed));
    }

    /** Returns the number of records that fit in one invocation; base64 makes four bytes of three. */
    private static double batch(Load load, Assumptions assumed) {
        double fitting = Math.floor(INVOKE_MEBIBYTES * MEBIBYTE / (load.bytes() * 4 / 3.0 + RECORD_ENVELOPE_BYTES));
        return Math.max(1, Math.min(assumed.batchSize(), fitting));
    }

    private static int memory(Load load, Assumptions assumed) {
        double needed = JVM_MEGABYTES + COPIES_OF_A_BATCH * batch(load, assumed) * load.bytes() / MEBIBYTE;
        return MEMORIES.stream()
                .filter(megabytes -> megabytes >= needed)
                .findFirst()
                .orElse(MEMORIES.get(MEMORIES.size() - 1));
    }

    private static double millis(Load load, double records, int memory, Assumptions assumed) {
        double calls = Math.ceil(records / EVENTS_PER_CALL);
        double waiting = Math.ceil(calls / assumed.writesAtOnce()) * assumed.writeMillis();
        double processors = memory / MEGABYTES_PER_PROCESSOR;
        double working = records * (CPU_MILLIS_PER_EVENT + CPU_MILLIS_PER_KIBIBYTE * load.bytes() / 1_024) / processors;
        return INVOKE_MILLIS + Math.max(waiting, working);
    }

    /** Returns the stored size of one event. */
    static double itemBytes(Load load) {
        return load.bytes() + ITEM_OVERHEAD_BYTES;
    }

    /** An event over 400 KB is split and written by a transaction at twice the cost; ignores its compression. */
    private static double writeUnits(Load load, Assumptions assumed) {
        double units = Math.ceil(itemBytes(load) / 1_024);
        double transaction = itemBytes(load) > ITEM_LIMIT_BYTES ? 2 : 1;
        return units * transaction + (assumed.timeIndex() ? 1 : 0);
    }
}
