package dev.ingestkit.local.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FrameTest {

    private static byte[] written(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static Frame read(byte[] bytes) throws IOException {
        return Frame.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @ParameterizedTest
    @EnumSource
    void frameRoundTrips(Frame.Type type) throws IOException {
        Frame frame =
                new Frame(type, 7, List.of("id", "", "ключ🔑"), List.of(-1L, Long.MAX_VALUE), new byte[] {1, 2, 3});
        assertThat(read(written(frame))).usingRecursiveComparison().isEqualTo(frame);
    }

    @Test
    void lengthCountsAllBytesAfterIt() throws IOException {
        byte[] bytes = written(Frame.of(Frame.Type.LOG, Frame.NO_ENVIRONMENT, "stdout", "é"));
        assertThat(new DataInputStream(new ByteArrayInputStream(bytes)).readInt())
                .isEqualTo(bytes.length - 4);
    }

    @Test
    void invalidBytesAreRefused() {
        assertThatThrownBy(() -> read("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a frame");
        assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 20, 99})).hasMessageContaining("not a frame: type 99");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(EOFException.class);
    }
}
