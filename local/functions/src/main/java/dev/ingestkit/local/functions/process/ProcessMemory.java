package dev.ingestkit.local.functions.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of another process, if the system reports it: Linux does.
 *
 * @param pid the process
 */
record ProcessMemory(long pid) {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);

    /** The process's largest resident set so far, in kB. */
    private static final String PEAK = "VmHWM:";

    /** Returns the most memory that the process has used, in bytes; zero if that is unknown. */
    long peakBytes() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            List<String> lines = Files.readAllLines(status);
            return lines.stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException exited) {
            LOG.debug("Process {} has no status", pid, exited);
            return 0;
        }
    }
}
