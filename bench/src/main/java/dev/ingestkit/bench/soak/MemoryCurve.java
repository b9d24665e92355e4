package dev.ingestkit.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process and all it has started hold in memory. */
final class MemoryCurve {

    private static final String RESIDENT = "VmRSS:";
    private static final int KIB_IN_MIB = 1024;

    private MemoryCurve() {}

    /** Resident memory of this process and its descendants in MiB, -1 where the system has no {@code /proc}. */
    static long residentMebibytes() {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return -1;
        }
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                        .mapToLong(process -> kibibytes(process.pid()))
                        .sum()
                / KIB_IN_MIB;
    }

    /** The heap in use in MiB, garbage included. */
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
