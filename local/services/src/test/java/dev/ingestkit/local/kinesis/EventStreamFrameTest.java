package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.eventstream.Message;

class EventStreamFrameTest {

    @Test
    void theSdksDecoderReadsFramesAndChecksums() {
        byte[] payload = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        Message message = Message.decode(
                ByteBuffer.wrap(EventStreamFrame.event("SubscribeToShardEvent", "application/x-amz-json-1.1", payload)
                        .encode()));

        assertThat(message.getPayload()).isEqualTo(payload);
        assertThat(header(message, ":message-type")).isEqualTo("event");
        assertThat(header(message, ":event-type")).isEqualTo("SubscribeToShardEvent");
        assertThat(header(message, ":content-type")).isEqualTo("application/x-amz-json-1.1");
    }

    private static String header(Message message, String name) {
        return requireNonNull(message.getHeaders().get(name), name).getString();
    }
}
