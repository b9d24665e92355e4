package dev.ingestkit.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArnNamesTest {

    @Test
    void functionNamesIncludeTheAlias() {
        assertThat(ArnNames.function("arn:aws:lambda:eu-central-1:123456789012:function:writer:live"))
                .isEqualTo("writer:live");
        assertThat(ArnNames.function("arn:aws-cn:lambda:cn-north-1:123456789012:function:writer"))
                .isEqualTo("writer");
    }

    @Test
    void streamTableAndQueueNamesAreTheLastPart() {
        assertThat(ArnNames.last("arn:aws:kinesis:eu-central-1:123456789012:stream/events"))
                .isEqualTo("events");
        assertThat(ArnNames.last("arn:aws:sqs:eu-central-1:123456789012:letters"))
                .isEqualTo("letters");
    }

    @Test
    void namesAreReturnedUnchanged() {
        assertThat(ArnNames.function("writer:live")).isEqualTo("writer:live");
        assertThat(ArnNames.last("events")).isEqualTo("events");
    }
}
