package dev.ingestkit.proof.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measures the memory of this process and of all its descendants. */
final class ProcessMemory {

    private static final String RESIDENT = "VmRSS:";
    private static final int KIB_IN_MIB = 1024;

    private ProcessMemory() {}

    /**
     * Returns the resident memory of this process in MiB: heap, buffers and table. 0 where the system has no
     * {@code /proc}.
     */
    static long ownMebibytes() {
        return mebibytes(Stream.of(ProcessHandle.current()));
    }

    /** Returns the resident memory of the functions' processes in MiB. */
    static long functionMebibytes() {
        return mebibytes(ProcessHandle.current().descendants());
    }

    private static long mebibytes(Stream<ProcessHandle> processes) {
        return processes.mapToLong(process -> kibibytes(process.pid())).sum() / KIB_IN_MIB;
    }

    /** Returns the used heap in MiB, garbage included. */
    static long heapMebibytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / KIB_IN_MIB / KIB_IN_MIB;
    }

    private static long kibibytes(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            return lines.stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }
}
