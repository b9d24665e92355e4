package dev.ingestkit.local.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jars that a function's JVM needs besides the function's code, written out from this library's own resources: so
 * it works from class folders, from a jar and from a jar that holds everything, and none of our dependencies gets on a
 * function's class path.
 *
 * @param bootstrap the class path of the JVM
 * @param environment the first part of each execution environment's class path
 */
record RuntimeJars(Path bootstrap, List<Path> environment) {

    /** The earliest moment that an archive's entry can have. */
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final String PACKAGE = "dev/ingestkit/local/functions/bootstrap/";
    private static final String RESOURCES = "/dev/ingestkit/local/functions/runtime/";
    private static final List<String> LAMBDA = List.of(
            "aws-lambda-java-core.jar",
            "aws-lambda-java-serialization.jar",
            "aws-lambda-java-runtime-interface-client.jar");

    RuntimeJars {
        environment = List.copyOf(environment);
    }

    /** Writes all jars into a folder. */
    static RuntimeJars extract(Path folder) throws IOException {
        return extract(folder, Optional.empty());
    }

    /** Writes all jars into a folder, but the JVM's own class path into one that later runtimes share, if there is one. */
    static RuntimeJars extract(Path folder, Optional<Path> shared) throws IOException {
        Files.createDirectories(folder);
        Path bootstrap = folder.resolve("bootstrap.jar");
        writeBootstrap(bootstrap);
        if (shared.isPresent()) {
            bootstrap = shared(bootstrap, shared.get());
        }
        List<Path> environment = new ArrayList<>();
        environment.add(bootstrap);
        for (String name : LAMBDA) {
            Path jar = folder.resolve(name);
            try (InputStream in = RuntimeJars.class.getResourceAsStream(RESOURCES + name)) {
                if (in == null) {
                    throw new IOException(
                            "resource %s%s is missing: the library was not built by Maven".formatted(RESOURCES, name));
                }
                Files.copy(in, jar);
            }
            environment.add(jar);
        }
        return new RuntimeJars(bootstrap, environment);
    }

    /** Same content, same name and time: whichever of two runtimes comes last changes nothing for the other. */
    private static Path shared(Path jar, Path folder) throws IOException {
        MessageDigest digest = TaskRoots.sha256();
        digest.update(Files.readAllBytes(jar));
        Path shared = folder.resolve("bootstrap-" + TaskRoots.hex(digest) + ".jar");
        if (!Files.exists(shared)) {
            Path fresh = folder.resolve(
                    shared.getFileName() + "." + ProcessHandle.current().pid());
            Files.copy(jar, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(fresh, FileTime.from(LONG_AGO.toInstant(ZoneOffset.UTC)));
            Files.move(fresh, shared, StandardCopyOption.ATOMIC_MOVE);
        }
        return shared;
    }

    private static void writeBootstrap(Path jar) throws IOException {
        URL own = RuntimeJars.class.getClassLoader().getResource(PACKAGE + "Bootstrap.class");
        if (own == null) {
            throw new IOException("the bootstrap's classes are missing beside " + RuntimeJars.class.getName());
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            // Stored, not deflated: the JVM starts the sooner.
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
                    zip.putNextEntry(entry(entry.getName()));
                    try (InputStream in = library.getInputStream(entry)) {
                        in.transferTo(zip);
                    }
                }
            }
        }
    }

    private static void copyFiles(URL own, ZipOutputStream zip) throws IOException {
        Path folder = path(own).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".class")) {
                    zip.putNextEntry(entry(PACKAGE + file.getFileName()));
                    Files.copy(file, zip);
                }
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LONG_AGO);
        return entry;
    }

    private static Path path(URL url) throws IOException {
        try {
            return Path.of(new URI(url.toString()));
        } catch (URISyntaxException | IllegalArgumentException unusable) {
            throw new IOException("the bootstrap's classes are neither in a folder nor in a jar: " + url, unusable);
        }
    }
}
