package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamSpecificationTest {

    private static StreamSpecification specification(int shards, int retentionHours, int maxRecordKiB) {
        return new StreamSpecification(
                "events", StreamMode.PROVISIONED, shards, retentionHours, null, maxRecordKiB, Map.of());
    }

    @Test
    void invalidPropertiesAreNamed() {
        assertThatThrownBy(() -> specification(0, 24, 1024)).hasMessage("ShardCount must be 1 to 2147483647: 0");
        assertThatThrownBy(() -> specification(1, 12, 1024)).hasMessage("RetentionPeriodHours must be 24 to 8760: 12");
        assertThatThrownBy(() -> specification(1, 24, 1)).hasMessage("MaxRecordSizeInKiB must be 1024 to 10240: 1");
    }
}
