package dev.ingestkit.local.functions.code;

import dev.ingestkit.local.bootstrap.Bootstrap;
import dev.ingestkit.local.functions.process.Interpreter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jars that a function's JVM needs besides the function's code. They are created from the classes and resources
 * of the bootstrap module, which may be in class directories, in the module's jar or in a jar with everything.
 * None of the runtime's dependencies is on a function's class path.
 *
 * @param bootstrap the class path of the JVM
 * @param environment the first part of each execution environment's class path
 */
public record RuntimeJars(Path bootstrap, List<Path> environment) {

    private static final String PACKAGE = "dev/ingestkit/local/bootstrap/";
    private static final String RESOURCES = "/dev/ingestkit/local/bootstrap/runtime/";
    private static final List<String> LAMBDA = List.of(
            "aws-lambda-java-core.jar",
            "aws-lambda-java-serialization.jar",
            "aws-lambda-java-runtime-interface-client.jar");

    public RuntimeJars {
        environment = List.copyOf(environment);
    }

    /** Writes all jars into a directory. */
    public static RuntimeJars extract(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path bootstrap = folder.resolve("bootstrap.jar");
        writeBootstrap(bootstrap);
        List<Path> environment = new ArrayList<>();
        environment.add(bootstrap);
        for (String name : LAMBDA) {
            Path jar = folder.resolve(name);
            try (InputStream in = Bootstrap.class.getResourceAsStream(RESOURCES + name)) {
                if (in == null) {
                    throw new IOException("resource %s%s is missing: build the module local/bootstrap with Maven"
                            .formatted(RESOURCES, name));
                }
                Files.copy(in, jar);
            }
            environment.add(jar);
        }
        return new RuntimeJars(bootstrap, environment);
    }

    /**
     * Returns the bootstrap of another language as a file beside the jars.
     *
     * @param name the resource's name
     */
    public Path program(String name) throws IOException {
        Path file = bootstrap.resolveSibling(name);
        synchronized (RuntimeJars.class) {
            if (!Files.exists(file)) {
                try (InputStream in = Interpreter.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new IOException("the resource %s is missing".formatted(name));
                    }
                    Files.copy(in, file);
                }
            }
        }
        return file;
    }

    private static void writeBootstrap(Path jar) throws IOException {
        URL own = Bootstrap.class.getResource("Bootstrap.class");
        if (own == null) {
            throw new IOException("the class %s is not on the class path".formatted(Bootstrap.class.getName()));
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            // Stored, not deflated: the JVM starts faster.
            zip.setLevel(0);
            if (own.openConnection() instanceof JarURLConnection connection) {
                copyEntries(connection, zip);
            } else {
                copyFiles(own, zip);
            }
        }
    }

    private static void copyEntries(JarURLConnection connection, ZipOutputStream zip) throws IOException {
        connection.setUseCaches(false);
        try (JarFile library = connection.getJarFile()) {
            for (Enumeration<JarEntry> entries = library.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith(PACKAGE) && entry.getName().endsWith(".class")) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = library.getInputStream(entry)) {
                        in.transferTo(zip);
                    }
                }
            }
        }
    }

    private static void copyFiles(URL own, ZipOutputStream zip) throws IOException {
        Path folder = path(own).getParent();
        try (DirectoryStream<Path> classes = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : classes) {
                zip.putNextEntry(new ZipEntry(PACKAGE + file.getFileName()));
                Files.copy(file, zip);
            }
        }
    }

    private static Path path(URL url) throws IOException {
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException | IllegalArgumentException unusable) {
            throw new IOException("the bootstrap's classes are neither in a directory nor in a jar: " + url, unusable);
        }
    }
}
