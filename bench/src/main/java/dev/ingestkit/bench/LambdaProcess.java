package dev.ingestkit.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A function's process as Lambda starts it: Lambda's runtime interface client, the flags of its Java runtimes, one
 * processor, a heap for the configured memory, and a file system that is writable in {@code /tmp} only, where this user
 * may mount one.
 */
final class LambdaProcess {

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final List<String> READ_ONLY = List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --make-rprivate / && mount -t tmpfs tmpfs /tmp && mount -o remount,bind,ro / && exec \"$@\"",
            "sh");

    private final Path java;
    private final Path task;
    private final String classPath;
    private final int megabytes;
    private final List<String> flags;

    /**
     * @param java a JDK's directory
     * @param task the unpacked archive
     * @param flags JVM flags besides Lambda's own
     */
    LambdaProcess(Path java, Path task, String classPath, int megabytes, List<String> flags) {
        this.java = java;
        this.task = task;
        this.classPath = classPath;
        this.megabytes = megabytes;
        this.flags = List.copyOf(flags);
    }

    Process start(String handler, Map<String, String> environment, Path log, boolean readOnly) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(handler, readOnly))
                .directory(task.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("_HANDLER", handler);
        variables.put("LAMBDA_TASK_ROOT", task.toString());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_ACCESS_KEY_ID", "local");
        variables.put("AWS_SECRET_ACCESS_KEY", "local");
        builder.environment().putAll(variables);
        return builder.start();
    }

    private List<String> command(String handler, boolean readOnly) {
        List<String> command = new ArrayList<>();
        if (readOnly) {
            command.addAll(READ_ONLY);
        }
        if (new File("/usr/bin/taskset").canExecute()) {
            command.addAll(List.of("/usr/bin/taskset", "-c", "1"));
        }
        command.add(java.resolve("bin/java").toString());
        // Lambda leaves 15 % of the memory to everything but the heap.
        command.addAll(List.of("-Xmx" + megabytes * 85 / 100 + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", runtimeClient() + classPath, CLIENT, handler));
        return command;
    }

    /** Returns whether this user may mount a read-only file system. */
    static boolean canBeReadOnly() throws InterruptedException {
        List<String> probe = new ArrayList<>(READ_ONLY);
        probe.add("true");
        try {
            return new ProcessBuilder(probe)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noUnshare) {
            return false;
        }
    }

    /** Returns the jars of Lambda's own runtime, each followed by a separator. */
    static String runtimeClient() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> new File(entry).getName().matches("(aws-lambda-java-|utils-lite-).*"))
                .toList();
        if (jars.isEmpty()) {
            throw new IllegalStateException("the runtime interface client is not on the class path");
        }
        return String.join(File.pathSeparator, jars) + File.pathSeparator;
    }

    /** Unpacks an archive into a directory, as Lambda does. */
    static Path unpack(Path archive) throws IOException {
        Path folder = Files.createTempDirectory(Pipeline.HOME.resolve("bench/target"), "task");
        try (JarFile jar = new JarFile(archive.toFile())) {
            for (JarEntry entry :
                    jar.stream().filter(file -> !file.isDirectory()).toList()) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, target);
                }
            }
        }
        return folder;
    }

    /**
     * Returns Lambda's class path: {@code first}, the directory or a jar with the same classes, then the directory's
     * jars.
     */
    static String classPath(Path first, Path folder) throws IOException {
        StringBuilder path = new StringBuilder(first.toString());
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            jars.sorted().forEach(jar -> path.append(File.pathSeparator).append(jar));
        }
        return path.toString();
    }
}
