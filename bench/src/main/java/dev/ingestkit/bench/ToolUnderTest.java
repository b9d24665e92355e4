package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The launcher with a cache directory of its own that holds its class archive: the state a user has from the second
 * call on. Thread-safe.
 */
final class ToolUnderTest implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TemporaryFolder cache;
    private final Map<String, String> variables;

    private ToolUnderTest(TemporaryFolder cache, Map<String, String> variables) {
        this.cache = cache;
        this.variables = variables;
    }

    /**
     * Calls the launcher once, and waits for the archive that this call writes in the background.
     *
     * @param java the home of the Java that runs the tool
     * @param variables environment variables of each call
     * @throws IllegalStateException when the archive is missing after two minutes
     */
    static ToolUnderTest prepare(Path java, Map<String, String> variables) throws IOException, InterruptedException {
        TemporaryFolder cache = TemporaryFolder.create("ingest-cache");
        Map<String, String> all = new HashMap<>(variables);
        all.put("JAVA_HOME", java.toString());
        all.put("XDG_CACHE_HOME", cache.path().toString());
        ToolUnderTest tool = new ToolUnderTest(cache, all);
        tool.command("version").seconds();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!tool.hasArchive()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "no archive of the tool's classes in " + cache.path() + " after " + TIMEOUT);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return tool;
    }

    /** Returns a command line of the tool. */
    TimedCommand command(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = Pipeline.LAUNCHER.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new TimedCommand(variables, command);
    }

    private boolean hasArchive() {
        File[] builds = cache.path().resolve("ingest-kit/jars").toFile().listFiles();
        if (builds == null) {
            throw new IllegalStateException("the launcher left no copy of the tool in " + cache.path());
        }
        for (File build : builds) {
            String[] archives = build.list((folder, name) -> name.startsWith("classes-") && name.endsWith(".jsa"));
            if (archives != null && archives.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Deletes the cache directory. */
    @Override
    public void close() throws IOException {
        cache.close();
    }
}
