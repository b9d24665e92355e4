package dev.ingestkit.local.dynamodb;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What DynamoDB Local does at its start and need not: it sets up Log4j's whole core for a console that nobody reads,
 * compares its native library, once unpacked, byte by byte with the archive's, and lets SLF4J complain on standard error
 * that there is no logger. None of it is needed for it to work, so a version without these classes starts in its own way.
 */
final class QuickStart {

    private static final Logger LOG = LoggerFactory.getLogger(QuickStart.class);

    private static final String LOG4J = "org.apache.logging.log4j.LogManager";
    private static final String LOG4J_FACTORY = "log4j2.loggerContextFactory";
    /** Log4j's own small one: errors go to standard error, without configuration. */
    private static final String SIMPLE_FACTORY = "org.apache.logging.log4j.simple.SimpleLoggerContextFactory";

    private static final String SLF4J = "org.slf4j.LoggerFactory";
    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    private static final String SQLITE = "software.amazon.dynamodb.services.local.shared.access.sqlite.";
    private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";
    private static final String LIBRARY_NAME = "org.sqlite.lib.name";

    private QuickStart() {}

    /** Does all of it for a class loader that has loaded nothing yet. */
    static void prepare(ClassLoader loader) {
        try {
            with(Map.of(LOG4J_FACTORY, SIMPLE_FACTORY), () -> Class.forName(LOG4J, true, loader));
            loadLibrary(loader);
            with(
                    Map.of(SLF4J_VERBOSITY, "ERROR"),
                    () -> Class.forName(SLF4J, true, loader)
                            .getMethod("getILoggerFactory")
                            .invoke(null));
        } catch (ReflectiveOperationException | IOException another) {
            LOG.debug("DynamoDB Local starts in its own way", another);
        }
    }

    private static void loadLibrary(ClassLoader loader) throws ReflectiveOperationException, IOException {
        Class<?> facts = Class.forName(SQLITE + "SQLiteLibraryLoaderUtil", true, loader);
        String name = text(facts, "getNativeLibName");
        String resource = text(facts, "getNativeLibResourcePath").substring(1) + "/" + name;
        try (InputStream library = loader.getResourceAsStream(resource)) {
            if (library == null) {
                throw new IOException("no native library " + resource);
            }
            Path folder = Files.createTempDirectory("ingest-sqlite-");
            Path file = folder.resolve(name);
            try {
                Files.copy(library, file);
                Map<String, String> place = Map.of(LIBRARY_FOLDER, folder.toString(), LIBRARY_NAME, name);
                Method load = Class.forName(SQLITE + "SQLiteLibraryLoader", true, loader)
                        .getMethod("initialize");
                with(place, () -> load.invoke(null));
            } finally {
                delete(folder, file);
            }
        }
    }

    private static String text(Class<?> type, String method) throws ReflectiveOperationException {
        Method getter = type.getDeclaredMethod(method);
        getter.setAccessible(true);
        return String.valueOf(getter.invoke(null));
    }

    /** A loaded library may be deleted, but for Windows, which does it at the end: the last that was named first. */
    private static void delete(Path folder, Path file) {
        try {
            Files.deleteIfExists(file);
            Files.delete(folder);
        } catch (IOException inUse) {
            LOG.debug("{} is deleted when this process ends", file, inUse);
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
        }
    }

    @FunctionalInterface
    private interface Work {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    /** Works with system properties that are put back afterwards. */
    private static void with(Map<String, String> properties, Work work) throws ReflectiveOperationException {
        Map<String, @Nullable String> before = new LinkedHashMap<>();
        properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
        try {
            work.run();
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }
}
