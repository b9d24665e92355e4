package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.testkit.fixture.UnrulyHandler;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UnrulyHandlerTest {

    private static IngestPipeline start(String mode) {
        return IngestPipeline.of(Path.of("src/test/resources/unruly.yaml"))
                .parameter("Mode", mode)
                .start();
    }

    @Test
    void aHandlerThatFailsToLoadIsLoadedAgainByTheNextInvocation() {
        try (IngestPipeline pipeline = start("throws")) {
            pipeline.put("Orders", "order-1", "{}");
            pipeline.await("order-1").deadLettered();
            assertThat(pipeline.log("Unruly"))
                    .filteredOn(line -> line.equals("loading"))
                    .hasSize(2);
            assertThat(String.join("\n", pipeline.log("Unruly"))).contains("there is no configuration");
        }
    }

    @Test
    void anExitOfAnInitializerEndsTheInvocation() {
        try (IngestPipeline pipeline = start("exits")) {
            pipeline.put("Orders", "order-1", "{}");
            pipeline.await("order-1").deadLettered();
            assertThat(String.join("\n", pipeline.log("Unruly"))).contains("exit status 4");
        }
    }

    @Test
    void threadsOutputAndHooksOfAHandlerEndWithItsStack() throws InterruptedException {
        PrintStream output = System.out;
        Thread left;
        try (IngestPipeline pipeline = start("leaves")) {
            pipeline.put("Orders", "order-1", "{}");
            pipeline.await("order-1").processed();
            left = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals(UnrulyHandler.LEFT))
                    .findFirst()
                    .orElseThrow();
            assertThat(pipeline.log("Unruly")).contains("loading").doesNotContain("unseen");
        }
        left.join(60_000);
        assertThat(left.isAlive()).isFalse();
        assertThat(System.out).isSameAs(output);
        Thread hook = (Thread) System.getProperties().remove(UnrulyHandler.HOOK);
        assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
    }
}
