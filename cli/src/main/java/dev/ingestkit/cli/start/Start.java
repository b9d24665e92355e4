package dev.ingestkit.cli.start;

import dev.ingestkit.cli.Main;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process that {@code ingest-cli.cmd} and {@code ingest-cli.ps1} start. Most commands run in it; a runtime gets a JVM of
 * its own, whose exit code this process passes on. What such a JVM loads is a copy of the jar: Windows cannot replace a
 * file that a process has open, and a build must.
 */
public final class Start {

    private Start() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(System.getenv());
        LaunchPlan plan = LaunchPlan.of(
                List.of(arguments),
                Path.of(System.getProperty("ingest.home", "")).toAbsolutePath(),
                terminal(),
                variables);
        variables.putAll(plan.environment());
        if (!plan.ownJvm()) {
            Main.run(variables, arguments);
            return;
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = copied(Path.of(System.getProperty("java.class.path")), cache(variables));
        ProcessBuilder builder =
                new ProcessBuilder(plan.command(java, classPath, Main.class.getName(), List.of(arguments))).inheritIO();
        builder.environment().putAll(plan.environment());
        Process process = builder.start();
        // Ctrl-C reaches both processes; this one stays until the other has stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(process)));
        System.exit(process.waitFor());
    }

    private static void await(Process process) {
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a digit for each standard stream. A JVM knows only of all three together; PowerShell knows each. */
    @SuppressWarnings(
            "SystemConsoleNull") // The scripts choose the console that is null without a terminal, on any JDK.
    private static String terminal() {
        return System.console() == null ? "000" : "111";
    }

    static Path cache(Map<String, String> variables) {
        String local = variables.getOrDefault("LOCALAPPDATA", "");
        return local.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache", "ingest-kit")
                : Path.of(local, "ingest-kit");
    }

    /**
     * Returns a copy of a jar, made once for each build of it; the jar itself if the cache cannot be written, or if the
     * class path is not one jar.
     */
    static String copied(Path jar, Path cache) {
        if (!Files.isRegularFile(jar)) {
            return jar.toString();
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            Path directory = cache.resolve("jars")
                    .resolve(attributes.size() + "-"
                            + attributes.lastModifiedTime().toMillis());
            Path copy = directory.resolve("ingest-cli.jar");
            if (!Files.exists(copy)) {
                Files.createDirectories(directory);
                Path written = Files.createTempFile(directory, "jar", null);
                Files.copy(jar, written, StandardCopyOption.REPLACE_EXISTING);
                place(written, copy);
            }
            return copy.toString();
        } catch (IOException unwritable) {
            return jar.toString();
        }
    }

    /** Moves a copy into place; if another process was first, its copy stays. */
    private static void place(Path written, Path copy) throws IOException {
        try {
            Files.move(written, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException other) {
            if (!Files.exists(copy)) {
                throw other;
            }
            Files.deleteIfExists(written);
        }
    }
}
