package dev.ingestkit.testkit.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.testkit.fixture.OrderWriter;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SystemCallsTest {

    @Test
    void aRewrittenClassKeepsTheChecksumByWhichCoverageToolsKnowIt() throws IOException {
        byte[] original = file(OrderWriter.class);
        byte[] rewritten = SystemCalls.redirected(original);
        assertThat(rewritten).isNotEqualTo(original);
        assertThat(checksum(rewritten)).isEqualTo(checksum(original));
    }

    @Test
    void aShutdownHookIsNotTheJvms() {
        Thread hook = new Thread(() -> {});
        FunctionSystem.addShutdownHook(Runtime.getRuntime(), hook);
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
        assertThat(FunctionSystem.removeShutdownHook(Runtime.getRuntime(), hook))
                .isTrue();
    }

    @Test
    void aClassWithoutSuchCallsIsLeftAsItIs() throws IOException {
        byte[] original = file(LinesOutput.class);
        assertThat(SystemCalls.redirected(original)).isSameAs(original);
    }

    private static long checksum(byte[] file) {
        return CoverageId.checksum(file, file.length, CoverageId.isJava9(file));
    }

    private static byte[] file(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return java.util.Objects.requireNonNull(in).readAllBytes();
        }
    }
}
