package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import org.junit.jupiter.api.Test;

/** One attribute of the testkit runs the functions in JVMs of their own, from the archives that the build has made. */
@IngestTest(template = "../template.yaml", parameters = "JavaRuntime=java17", functionsInProcessesOfTheirOwn = true)
final class OwnProcessesTest {

    @Test
    void aSubmittedEventIsStoredByTheArchivesOfTheBuild(IngestPipeline pipeline) {
        assertThat(pipeline.submit("Stream", "apart", "{\"total\":12}").status())
                .isEqualTo(200);
        pipeline.await("apart").stored();
        assertThat(pipeline.log("Writer")).anyMatch(line -> line.startsWith("START RequestId"));
    }

    @Test
    void aFunctionOfAnotherProcessIsNotReplaced(IngestPipeline pipeline) {
        assertThatThrownBy(() -> pipeline.restore("Writer"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a function in a process of its own cannot be replaced");
    }
}
