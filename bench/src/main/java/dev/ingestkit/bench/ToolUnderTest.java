package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The launcher with a cache folder of its own, in which its archive of classes lies: what a user has from the second
 * call on. Thread-safe.
 */
final class ToolUnderTest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
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
     * @param java the home of the Java it runs on
     * @param variables what each call gets beside that
     * @throws IllegalStateException when there is no archive after two minutes
     */
    static ToolUnderTest prepare(Path java, Map<String, String> variables) throws IOException, InterruptedException {
        TemporaryFolder cache = TemporaryFolder.create("ingest-cache");
        Map<String, String> all = new HashMap<>(variables);
        all.put("JAVA_HOME", java.toString());
        all.put("XDG_CACHE_HOME", cache.path().toString());
        ToolUnderTest tool = new ToolUnderTest(cache, all);
        tool.command("version").seconds();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!tool.hasArchive()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "no archive of the tool's classes in " + cache.path() + " after " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return tool;
    }

    /** A command line of the tool. */
    TimedCommand command(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = Pipeline.HOME.resolve("ingest-cli").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new TimedCommand(variables, command);
    }

    private boolean hasArchive() {
        File[] builds = cache.path().resolve("ingest-kit/jars").toFile().listFiles();
        if (builds == null) {
            throw new IllegalStateException("the launcher has left no copy of the tool in " + cache.path());
        }
        for (File build : builds) {
            String[] archives = build.list((folder, name) -> name.startsWith("classes-") && name.endsWith(".jsa"));
            if (archives != null && archives.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Removes the cache folder. */
    @Override
    public void close() throws IOException {
        cache.close();
    }
}
