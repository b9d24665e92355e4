package dev.ingestkit.local.functions.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function's code on disk, as its JVMs use it: one directory per content, never changed once created.
 *
 * @param folder the JVM's working directory, {@code LAMBDA_TASK_ROOT}
 * @param contentHash the hash of the code that it was created from
 */
public record TaskRoot(Path folder, String contentHash) {

    /** The directory of a root that has the function's layers, by their numbers; on Lambda they are in {@code /opt}. */
    public static final String LAYERS = ".layers";

    /**
     * Returns the directory, then the jars in {@code lib/} by name, then those of the layers: the order of Lambda's
     * Java runtime.
     */
    public List<Path> classPath() {
        List<Path> path = new ArrayList<>();
        path.add(folder);
        listed(folder.resolve("lib")).filter(TaskRoot::isJar).forEach(path::add);
        listed(folder.resolve(LAYERS))
                .flatMap(layer -> listed(layer.resolve("java").resolve("lib")))
                .filter(TaskRoot::isJar)
                .forEach(path::add);
        return path;
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    /** Returns the files in a directory by name; none if the directory does not exist. */
    private static Stream<Path> listed(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + folder, unreadable);
        }
    }

    /** Deletes a directory with its content; does nothing if it is already gone. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path visited, java.io.@org.jspecify.annotations.Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
