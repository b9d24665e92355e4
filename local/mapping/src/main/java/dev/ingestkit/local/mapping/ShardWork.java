package dev.ingestkit.local.mapping;

/**
 * The context of the parts that work on one shard: the mapping's configuration, its environment, its meters.
 */
record ShardWork(
        MappingConfig config,
        MappingEnvironment environment,
        MappingMeter meter,
        ShardMeter shardMeter,
        String shardId,
        BatchEventWriter writer,
        InvocationResult results) {

    static ShardWork of(
            MappingConfig config,
            MappingEnvironment environment,
            MappingMeter meter,
            ShardMeter shardMeter,
            String shardId) {
        return new ShardWork(
                config,
                environment,
                meter,
                shardMeter,
                shardId,
                BatchEventWriter.of(config, shardId),
                new InvocationResult(
                        config.settings().reportBatchItemFailures(),
                        config.settings().isTumbling()));
    }

    DeliveryRules rules() {
        int limit = BatchEventWriter.payloadLimit(config.settings().isTumbling());
        return DeliveryRules.of(config, limit, environment.failures().backoff());
    }

    /** Returns the name of the Kinesis stream, or of the DynamoDB table. */
    String sourceName() {
        return config.kind().nameIn(config.streamArn());
    }
}
