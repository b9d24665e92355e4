package dev.ingestkit.local.wiring;

import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.StartingPosition;
import dev.ingestkit.local.template.spec.MappingSpec;
import java.time.Instant;

/** Turns event source mappings of a template into the configurations that the mapping module runs. */
final class MappingConfigs {

    private MappingConfigs() {}

    /** Returns the configuration of a mapping in a template. */
    static MappingConfig of(MappingSpec spec, String functionArn, String roleArn) {
        return MappingConfig.builder(spec.uuid(), functionArn, spec.eventSourceArn())
                .roleArn(roleArn)
                .startingPosition(startingPosition(spec))
                .enabled(spec.enabled())
                .batchSize(spec.batchSize())
                .batchingWindowSeconds((int) spec.batchWindow().toSeconds())
                .maximumRetryAttempts(spec.maximumRetryAttempts())
                .maximumRecordAgeSeconds(spec.maximumRecordAgeSeconds())
                .bisectBatchOnFunctionError(spec.bisectOnError())
                .parallelizationFactor(spec.parallelization())
                .reportBatchItemFailures(spec.reportBatchItemFailures())
                .tumblingWindowSeconds((int) spec.tumblingWindow().toSeconds())
                .filterPatterns(spec.filterPatterns())
                .onFailureDestination(spec.onFailure().orElse(null))
                .build();
    }

    private static StartingPosition startingPosition(MappingSpec spec) {
        return switch (spec.startingPosition()) {
            case TRIM_HORIZON -> new StartingPosition.TrimHorizon();
            case LATEST -> new StartingPosition.Latest();
            case AT_TIMESTAMP ->
                new StartingPosition.AtTimestamp(spec.startingTimestamp().orElse(Instant.EPOCH));
        };
    }
}
