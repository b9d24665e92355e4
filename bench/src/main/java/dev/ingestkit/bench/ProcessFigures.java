package dev.ingestkit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads figures of processes from the operating system. Memory comes from Linux's /proc; elsewhere there is none. */
final class ProcessFigures {

    private static final String FUNCTION_MARK = "dev.ingestkit.local.bootstrap";

    /** Covers the heap's generations without the metaspace below them. */
    private static final Pattern HEAP = Pattern.compile("(?:generation|heap) +total (\\d+)K, used (\\d+)K");

    /** The index of the user's time among the fields of {@code /proc/PID/stat} after the name; the system's follows. */
    private static final int USER_TICKS = 11;

    private static final long MILLIS_PER_TICK = 10;

    private ProcessFigures() {}

    /** Returns the processor time that a process has used; empty for a process that has exited. */
    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the processor time of a process's threads of a name; threads that have ended do not count. */
    static Duration cpuOfThreads(ProcessHandle process, String name) throws IOException {
        long ticks = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                String line = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                int end = line.lastIndexOf(')');
                if (line.substring(line.indexOf('(') + 1, end).equals(name)) {
                    String[] fields = line.substring(end + 2).split(" ", -1);
                    ticks += Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
                }
            }
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    /** Returns the processor time of a process's threads, in nanoseconds by name; threads that have ended are missing. */
    static Map<String, Long> nanosOfThreads(ProcessHandle process) throws IOException {
        Map<String, Long> nanos = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    String name = Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1)
                            .strip();
                    String times = Files.readString(thread.resolve("schedstat"), StandardCharsets.ISO_8859_1);
                    nanos.merge(name.replaceAll("[-#]?\\d+$", ""), Long.parseLong(times.split(" ", -1)[0]), Long::sum);
                } catch (NoSuchFileException ended) {
                    // a thread that ends meanwhile
                }
            }
        }
        return nanos;
    }

    /** Returns the memory that a process holds, in megabytes. */
    static double residentMegabytes(ProcessHandle process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("process " + process.pid() + " has exited");
    }

    /** A JVM's heap after a full collection, in megabytes: live data, and what the collector reserves. */
    record Heap(double kept, double held) {}

    /** Runs a full collection first. */
    static Heap heap(ProcessHandle jvm) throws IOException {
        jcmd(jvm, "GC.run");
        Matcher sizes = HEAP.matcher(jcmd(jvm, "GC.heap_info"));
        double kept = 0;
        double held = 0;
        while (sizes.find()) {
            held += Long.parseLong(sizes.group(1)) / 1024.0;
            kept += Long.parseLong(sizes.group(2)) / 1024.0;
        }
        return new Heap(kept, held);
    }

    private static String jcmd(ProcessHandle jvm, String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(jvm.pid()), command)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("jcmd %d %s: %s".formatted(jvm.pid(), command, printed));
        }
        return printed;
    }

    /** Returns the process's part in the pipeline: the runtime, or a function's name. */
    static String role(ProcessHandle process) throws IOException {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        String line = Files.readString(proc.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        if (!line.contains(FUNCTION_MARK)) {
            return "runtime";
        }
        for (String variable : Files.readString(proc.resolve("environ"), StandardCharsets.UTF_8)
                .split("\0", -1)) {
            if (variable.startsWith("AWS_LAMBDA_FUNCTION_NAME=")) {
                String name = variable.substring(variable.indexOf('=') + 1);
                return "function " + name.substring(name.lastIndexOf('-') + 1);
            }
        }
        return "function";
    }
}
