package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.Arn;

/**
 * The context of the parts that work on one shard: the mapping's configuration, its environment, its meters.
 */
record ShardWork(
        MappingConfig config,
        MappingEnvironment environment,
        MappingMeter meter,
        ShardMeter shardMeter,
        String shardId,
        KinesisEventWriter writer,
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
                new KinesisEventWriter(config.eventSourceArn(), shardId, config.roleArn()),
                new InvocationResult(
                        config.settings().reportBatchItemFailures(),
                        config.settings().isTumbling()));
    }

    DeliveryRules rules() {
        int limit = KinesisEventWriter.payloadLimit(config.settings().isTumbling());
        return DeliveryRules.of(config, limit, environment.failures().backoff());
    }

    String streamName() {
        return Arn.nameIn(config.streamArn());
    }
}
