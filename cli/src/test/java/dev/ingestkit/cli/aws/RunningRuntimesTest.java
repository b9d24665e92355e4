package dev.ingestkit.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningRuntimesTest {

    private static final long NO_PROCESS = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    private static RunningRuntimes.Entry entry(int port, long pid) {
        return new RunningRuntimes.Entry(
                URI.create("http://localhost:" + port),
                pid,
                "ingest-kit",
                "us-east-1",
                "2026-03-01T12:00:00Z",
                Map.of("A", "b"));
    }

    @Test
    void findsEntriesSortedByPort() {
        RunningRuntimes runtimes = new RunningRuntimes(folder.resolve("new"));
        long self = ProcessHandle.current().pid();
        runtimes.add(entry(4571, self));
        runtimes.add(entry(4570, self));

        assertThat(runtimes.all()).containsExactly(entry(4570, self), entry(4571, self));
    }

    @Test
    void leavesNoFiles() {
        RunningRuntimes runtimes = new RunningRuntimes(folder);
        runtimes.add(entry(4570, ProcessHandle.current().pid()));

        runtimes.remove(4570);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void removesTheEntryOfAnExitedProcess() {
        RunningRuntimes runtimes = new RunningRuntimes(folder);
        runtimes.add(entry(4570, NO_PROCESS));

        assertThat(runtimes.all()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesTheFilesOfOthersAlone() throws IOException {
        RunningRuntimes runtimes = new RunningRuntimes(folder);
        Path other = Files.writeString(folder.resolve("stack.json"), "{\"pid\":" + NO_PROCESS + "}");
        Path notJson = Files.writeString(folder.resolve("notes.json"), "no JSON");

        assertThat(runtimes.all()).isEmpty();
        assertThat(other).exists();
        assertThat(notJson).exists();
    }
}
