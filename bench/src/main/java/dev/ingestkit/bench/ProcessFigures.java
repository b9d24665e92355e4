package dev.ingestkit.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads figures of processes from the operating system. Memory comes from Linux's /proc; elsewhere there is none. */
final class ProcessFigures {

    private static final String FUNCTION_MARK = "dev.ingestkit.local.bootstrap";

    /** Covers the heap's generations without the metaspace below them. */
    private static final Pattern HEAP = Pattern.compile("(?:generation|heap) +total (\\d+)K, used (\\d+)K");

    private ProcessFigures() {}

    /** Returns the processor time that a process has used; empty for a process that has exited. */
    static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
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
