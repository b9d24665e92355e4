package dev.ingestkit.local.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS's DynamoDB Local, in memory, in a class loader over the platform's alone: its SDK, Jackson and Jetty meet nobody
 * else's. It listens on a loopback port of its own, which only this process is told of.
 */
final class DynamoDbLocal implements AutoCloseable {

    private static final String RUNNER = "software.amazon.dynamodb.services.local.main.ServerRunner";
    /** It wants one; the connector is given another before it opens. */
    private static final String UNUSED_PORT = "8000";

    private static final String ARCHIVE_PREFIX = "DynamoDBLocal-";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final URLClassLoader loader;
    private final Object server;
    private final URI endpoint;

    private DynamoDbLocal(URLClassLoader loader, Object server, URI endpoint) {
        this.loader = loader;
        this.server = server;
        this.endpoint = endpoint;
    }

    /**
     * The jars of a folder.
     *
     * @throws IllegalStateException it is not there or lacks DynamoDB Local; the message says how to make it
     */
    static List<Path> jarsOf(Path home) {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(home)) {
            try (Stream<Path> files = Files.list(home)) {
                files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                        .sorted()
                        .forEach(jars::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read the folder " + home, unreadable);
            }
        }
        if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith(ARCHIVE_PREFIX))) {
            throw new IllegalStateException(
                    "DynamoDB Local is not in %s. Fetch it once with `mvn -f local/dynamodb-local/pom.xml"
                                    .formatted(home)
                            + " generate-resources`. It is AWS's and comes under AWS's own licence, which asks for an"
                            + " AWS account and forbids passing it on; so it is never part of this project's archives.");
        }
        return jars;
    }

    /** Loads and starts it; takes about a second. */
    static DynamoDbLocal start(List<Path> jars) {
        URLClassLoader loader = new URLClassLoader(
                "dynamodb-local",
                jars.stream().map(DynamoDbLocal::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        // It finds its parts by the context class loader while it starts.
        current.setContextClassLoader(loader);
        SilentThread silent = SilentThread.begin();
        try {
            QuickStart.prepare(loader);
            String[] arguments = {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", UNUSED_PORT};
            Object server = loader.loadClass(RUNNER)
                    .getMethod("createServerFromCommandLineArgs", String[].class)
                    .invoke(null, (Object) arguments);
            Object connector = loopbackConnector(server);
            server.getClass().getMethod("start").invoke(server);
            Object port = connector.getClass().getMethod("getLocalPort").invoke(connector);
            return new DynamoDbLocal(loader, server, URI.create("http://127.0.0.1:" + port + "/"));
        } catch (ReflectiveOperationException failed) {
            close(loader, failed);
            Throwable cause = failed instanceof InvocationTargetException ? failed.getCause() : failed;
            throw new IllegalStateException("DynamoDB Local did not start: " + cause, cause);
        } finally {
            silent.end();
            current.setContextClassLoader(before);
        }
    }

    /**
     * Its command line knows a port and no address, and it would listen on all of them. The connector of the server that
     * it has made, but not yet started, takes both: loopback, and any port that is free.
     */
    private static Object loopbackConnector(Object server) throws ReflectiveOperationException {
        Field field = server.getClass().getDeclaredField("server");
        field.setAccessible(true);
        Object jetty = field.get(server);
        Object[] connectors =
                (Object[]) jetty.getClass().getMethod("getConnectors").invoke(jetty);
        if (connectors.length != 1) {
            throw new NoSuchFieldException("one connector is expected, there are " + connectors.length);
        }
        Object connector = connectors[0];
        connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
        connector.getClass().getMethod("setPort", int.class).invoke(connector, 0);
        // Kept connections are ended by this side alone: a request never meets one that has just timed out.
        connector.getClass().getMethod("setIdleTimeout", long.class).invoke(connector, 0L);
        return connector;
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            server.getClass().getMethod("stop").invoke(server);
            awaitThreads();
            loader.close();
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("DynamoDB Local did not stop", failed);
        } catch (IOException failed) {
            throw new UncheckedIOException("DynamoDB Local's class loader did not close", failed);
        }
    }

    /** Its threads load classes to their very end; with the loader closed before, they would complain on standard error. */
    private void awaitThreads() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (thread.getName().startsWith("SQLiteQueue") && thread.getContextClassLoader() == loader && left > 0) {
                try {
                    thread.join(left);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void close(URLClassLoader loader, ReflectiveOperationException failed) {
        try {
            loader.close();
        } catch (IOException unclosed) {
            failed.addSuppressed(unclosed);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException("not a file: " + jar, impossible);
        }
    }
}
