package dev.ingestkit.handlers.writer;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** AWS's DynamoDB Local in a class loader of its own, from the folder that the build has resolved it into. */
final class DynamoDbLocal implements AutoCloseable {

    private final Object server;
    private final URLClassLoader loader;
    private final URI endpoint;

    private DynamoDbLocal(Object server, URLClassLoader loader, URI endpoint) {
        this.server = server;
        this.loader = loader;
        this.endpoint = endpoint;
    }

    static Path home() {
        return Path.of(System.getProperty("ingest.dynamodb.home", "missing"));
    }

    static DynamoDbLocal start() throws Exception {
        URLClassLoader loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());
        String port = Integer.toString(freePort());
        String[] arguments = {"-inMemory", "-disableTelemetry", "-port", port};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Object server = loader.loadClass("software.amazon.dynamodb.services.local.main.ServerRunner")
                    .getMethod("createServerFromCommandLineArgs", String[].class)
                    .invoke(null, (Object) arguments);
            server.getClass().getMethod("start").invoke(server);
            return new DynamoDbLocal(server, loader, URI.create("http://localhost:" + port));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    URI endpoint() {
        return endpoint;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static URL[] jars() throws IOException {
        try (Stream<Path> files = Files.list(home())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(DynamoDbLocal::url)
                    .toArray(URL[]::new);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no URL for " + file, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            server.getClass().getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        } finally {
            loader.close();
        }
    }
}
