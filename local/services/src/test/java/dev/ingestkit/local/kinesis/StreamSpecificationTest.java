package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamSpecificationTest {

    private static StreamSpecification read(String properties) throws JsonProcessingException {
        return StreamSpecification.ofCloudFormation(
                new ObjectMapper().readTree(properties.replace('\'', '"')), "stack-Stream-1");
    }

    @Test
    void templatePropertiesAreRead() throws JsonProcessingException {
        assertThat(read("""
            {'Name':'events','ShardCount':'3','RetentionPeriodHours':48,
             'StreamModeDetails':{'StreamMode':'PROVISIONED'},
             'StreamEncryption':{'EncryptionType':'KMS','KeyId':'alias/aws/kinesis'},
             'MaxRecordSizeInKiB':2048,'Tags':[{'Key':'team','Value':'a'}]}\
            """))
                .isEqualTo(new StreamSpecification(
                        "events", StreamMode.PROVISIONED, 3, 48, "alias/aws/kinesis", 2048, Map.of("team", "a")));
    }

    @Test
    void streamsWithoutModeAndShardCountAreOnDemand() throws JsonProcessingException {
        assertThat(read("{}")).isEqualTo(StreamSpecification.onDemand("stack-Stream-1"));
        assertThat(read("{'ShardCount':1}")).isEqualTo(StreamSpecification.provisioned("stack-Stream-1", 1));
    }

    @Test
    void invalidPropertiesAreNamed() {
        assertThatThrownBy(() -> read("{'ShardCount':'many'}"))
                .hasMessage("ShardCount must be a whole number: \"many\"");
        assertThatThrownBy(() -> read("{'RetentionPeriodHours':12}"))
                .hasMessage("RetentionPeriodHours must be 24 to 8760: 12");
        assertThatThrownBy(() -> read("{'StreamModeDetails':{'StreamMode':'PROVISIONED'}}"))
                .hasMessageContaining("ShardCount");
    }
}
