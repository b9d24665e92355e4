package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.code.TaskRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles a small handler, as a build does, so that a test can change it while it runs. A name that is a path delays the
 * greeting until the file exists.
 */
final class SourceJar {

    static final String HANDLER = "app.Greeter::greet";

    private static final String SOURCE = """
        package app;
        public final class Greeter {
            public String greet(String name) throws Exception {
                while (name.startsWith("/") && !java.nio.file.Files.exists(java.nio.file.Path.of(name))) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
                return "%s " + name;
            }
        }
        """;

    private SourceJar() {}

    /** Returns a class directory whose handler greets with a word. */
    static Path classes(Path folder, String word) {
        try {
            Path sources = Files.createTempDirectory("source");
            Path source = sources.resolve("Greeter.java");
            Files.writeString(source, SOURCE.formatted(word));
            Files.createDirectories(folder);
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            int status = compiler.run(null, null, null, "-d", folder.toString(), source.toString());
            if (status != 0) {
                throw new IllegalStateException("the fixture does not compile");
            }
            TaskRoot.delete(sources);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot compile into " + folder, failed);
        }
    }

    /** Returns the same as a jar. */
    static byte[] jar(Path scratch, String word) throws IOException {
        Path classes = classes(scratch, word).resolve("app/Greeter.class");
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("app/Greeter.class")) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(classes, zip);
            }
        }
        return bytes.toByteArray();
    }
}
