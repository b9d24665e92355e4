package dev.ingestkit.testkit.function;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the files of functions' classes, with their calls of {@link System} redirected. Thread-safe. */
final class ClassFiles {

    /** Classes from jars, which do not change while a JVM runs: reading them takes most of a start. */
    private static final Map<String, byte[]> FROM_JARS = new ConcurrentHashMap<>();

    private static final String OWN = FunctionSystem.class.getName().replace('.', '/');

    private ClassFiles() {}

    /**
     * Returns a class's file with its calls redirected.
     *
     * @param path the class's path, with slashes and its extension
     * @param found where it is
     */
    static byte[] redirected(String path, URL found) throws IOException {
        if (path.startsWith(OWN)) {
            // What the calls are redirected to calls the real ones.
            return read(found);
        }
        if (!found.getProtocol().equals("jar")) {
            return SystemCalls.redirected(read(found));
        }
        String key = found.toString();
        byte[] known = FROM_JARS.get(key);
        if (known == null) {
            known = SystemCalls.redirected(read(found));
            FROM_JARS.put(key, known);
        }
        return known;
    }

    private static byte[] read(URL found) throws IOException {
        URLConnection connection = found.openConnection();
        // The JVM's cache would keep the jar open after the loader is closed.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }
}
