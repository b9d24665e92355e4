package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a test's JVM cannot run. */
class ScriptedFunctionTest {

    private static final Path TEMPLATE = Path.of("src/test/resources/scripted/template.yaml");

    @TempDir
    private Path folder;

    private URL capsule(String payload) throws IOException {
        Capsule capsule = new Capsule(
                "bad-total",
                Instant.EPOCH,
                "ValueError: a negative total",
                new Capsule.Source("Checked", ""),
                new CapsuleContents.Batch(
                        "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                        "shardId-000000000000",
                        List.of(new CapsuleContents.Item(
                                "1", "a", Instant.EPOCH, payload.getBytes(StandardCharsets.UTF_8)))),
                JsonNodeFactory.instance.objectNode());
        return Files.write(folder.resolve("bad-total.json"), capsule.json())
                .toUri()
                .toURL();
    }

    @Test
    void aFunctionInPythonSaysHowATestRunsIt() throws IOException {
        URL capsule = capsule("{\"total\":1}");
        try (IngestPipeline pipeline = IngestPipeline.start(TEMPLATE)) {
            assertThatThrownBy(() -> pipeline.replay(capsule))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("is for python3.12, which a test's JVM does not run: replace it, or set"
                            + " functionsInProcessesOfTheirOwn");
        }
    }

    @Test
    void aFunctionInPythonFailsForACapsuleAsItDidInAProcessOfItsOwn() throws IOException {
        assumeTrue(hasPython(), "needs python3 on the PATH");
        try (IngestPipeline pipeline =
                IngestPipeline.of(TEMPLATE).functionsInProcessesOfTheirOwn().start()) {
            pipeline.replay(capsule("{\"total\":1}")).succeeds();
            ReplayedBatch failed = pipeline.replay(capsule("{\"total\":-1}"));

            assertThatThrownBy(failed::succeeds)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a negative total");
        }
    }

    private static boolean hasPython() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "python3")));
    }
}
