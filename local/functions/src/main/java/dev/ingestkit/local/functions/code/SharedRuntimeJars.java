package dev.ingestkit.local.functions.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of Lambda's runtime for functions in this process: the same files for all hosts, so that their classes are read
 * once. Written at their first use and deleted when the process ends. Thread-safe.
 */
public final class SharedRuntimeJars {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRuntimeJars.class);

    private static @Nullable RuntimeJars jars;

    private SharedRuntimeJars() {}

    /**
     * Returns the jars, in a folder of the system's temporary one: a host's own folder may not last as long.
     *
     * @throws IOException if they cannot be written
     */
    public static synchronized RuntimeJars get() throws IOException {
        RuntimeJars known = jars;
        if (known == null) {
            Path folder = Files.createTempDirectory(
                    // The name by which another runtime deletes what a killed process has left.
                    "ingest-functions-" + ProcessHandle.current().pid() + "-jars-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "runtime jars"));
            known = RuntimeJars.extract(folder.resolve("runtime"));
            jars = known;
        }
        return known;
    }

    private static void delete(Path folder) {
        try {
            TaskRoot.delete(folder);
        } catch (IOException failed) {
            LOG.debug("Cannot delete {}", folder, failed);
        }
    }
}
