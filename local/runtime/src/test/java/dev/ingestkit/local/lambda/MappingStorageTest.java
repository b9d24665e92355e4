package dev.ingestkit.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.QueueMappingSettings;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.queue.QueueMappingConfig;
import dev.ingestkit.local.store.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class MappingStorageTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:writer:live";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/events";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:queue";

    private final MemoryStore store = new MemoryStore();

    private MappingStorage start() {
        return MappingStorage.in(store);
    }

    private static MappingConfig mapping(String uuid, int batchSize) {
        return MappingConfig.builder(uuid, FUNCTION, STREAM)
                .enabled(true)
                .batchSize(batchSize)
                .build();
    }

    private static QueueMappingConfig queueMapping(String uuid, int batchSize) {
        return new QueueMappingConfig(
                uuid,
                FUNCTION,
                QUEUE,
                new QueueMappingSettings(true, batchSize, 0, false, OptionalInt.empty(), List.of()));
    }

    @Test
    void createdMappingsSurviveARestartWithAllTheirSettings() {
        MappingConfig stream = MappingConfig.builder("created", FUNCTION, STREAM)
                .roleArn("arn:aws:iam::000000000000:role/own")
                .enabled(false)
                .startingPosition(StartingPosition.atTimestamp(Instant.parse("2026-01-02T03:04:05.678Z")))
                .batchSize(7)
                .batchingWindowSeconds(3)
                .parallelizationFactor(2)
                .maximumRetryAttempts(5)
                .maximumRecordAgeSeconds(600)
                .bisectBatchOnFunctionError(true)
                .reportBatchItemFailures(true)
                .tumblingWindowSeconds(30)
                .filterPatterns(List.of("{\"data\":{\"type\":[\"order\"]}}"))
                .onFailureDestination(QUEUE)
                .build();
        QueueMappingConfig queue = new QueueMappingConfig(
                "created-of-queue",
                FUNCTION,
                QUEUE,
                new QueueMappingSettings(
                        false, 20, 4, true, OptionalInt.of(9), List.of("{\"body\":{\"type\":[\"order\"]}}")));
        start().changed(stream);
        start().changed(queue);

        assertThat(start().created()).containsExactly(stream);
        assertThat(start().createdOfQueues()).containsExactly(queue);

        start().deleted("created");
        start().deleted("created-of-queue");
        assertThat(start().created()).isEmpty();
        assertThat(start().createdOfQueues()).isEmpty();
    }

    @Test
    void changesOfATemplatesMappingLastUntilTheTemplateChangesIt() {
        MappingStorage first = start();
        assertThat(first.ofTemplate(mapping("t", 10))).contains(mapping("t", 10));
        first.changed(mapping("t", 99));

        MappingStorage second = start();
        assertThat(second.ofTemplate(mapping("t", 10))).contains(mapping("t", 99));
        assertThat(second.created()).isEmpty();

        assertThat(start().ofTemplate(mapping("t", 11))).contains(mapping("t", 11));
        assertThat(start().ofTemplate(mapping("t", 10))).contains(mapping("t", 10));
    }

    @Test
    void deletedMappingsStayDeletedUntilTheTemplateChangesThem() {
        MappingStorage first = start();
        first.ofTemplate(queueMapping("t", 5));
        first.deleted("t");

        assertThat(start().ofTemplate(queueMapping("t", 5))).isEmpty();
        assertThat(start().ofTemplate(queueMapping("t", 6))).contains(queueMapping("t", 6));
    }

    @Test
    void changesOfAMappingThatHasLeftTheTemplateAreForgotten() {
        MappingStorage first = start();
        first.ofTemplate(mapping("t", 10));
        first.changed(mapping("t", 99));

        assertThat(start().created()).isEmpty();
        assertThat(start().ofTemplate(mapping("t", 10))).contains(mapping("t", 10));
    }
}
