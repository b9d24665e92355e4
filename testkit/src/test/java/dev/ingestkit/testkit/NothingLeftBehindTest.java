package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the threads of the JVM")
class NothingLeftBehindTest {

    private static final Path TEMPLATE = Path.of("src/test/resources/orders.yaml");
    private static final int STACKS = 5;

    @Test
    void closedStacksLeaveNoThreadFileOrMemory() throws Exception {
        WeakReference<IngestPipeline> warm = oneStack();
        Set<String> threads = threads();
        Set<Path> files = files();
        List<WeakReference<IngestPipeline>> closed = new ArrayList<>(List.of(warm));
        for (int stack = 0; stack < STACKS; stack++) {
            closed.add(oneStack());
        }
        assertEventually(() -> closed.stream().allMatch(stack -> stack.get() == null));
        assertEventually(() -> threads.containsAll(threads()));
        assertThat(files()).isEqualTo(files);
    }

    private static WeakReference<IngestPipeline> oneStack() {
        try (IngestPipeline pipeline = IngestPipeline.start(TEMPLATE)) {
            pipeline.put("Orders", "order-1", "{}");
            pipeline.await("order-1").processed();
            return new WeakReference<>(pipeline);
        }
    }

    /** Returns the names of the threads; the JDK keeps a timer of HTTP connections for a while. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.equals("Keep-Alive-Timer"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String own = "ingest-functions-" + ProcessHandle.current().pid();
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(own))
                    .collect(Collectors.toSet());
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void assertEventually(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("the time is over").isLessThan(end);
            System.gc();
            Thread.onSpinWait();
        }
    }
}
