package dev.ingestkit.proof.attack;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.ingestkit.local.http.HttpServer;
import java.lang.management.ManagementFactory;

/**
 * The resources of this process that a leak would let grow.
 *
 * @param threads live threads
 * @param files open descriptors, sockets included; 0 where the system does not report them
 * @param directMebibytes memory of network buffers
 */
public record Holdings(int threads, long files, long directMebibytes) {

    /** Measures the current process. */
    public static Holdings now() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        return new Holdings(
                ManagementFactory.getThreadMXBean().getThreadCount(), files, HttpServer.bufferBytes() >> 20);
    }

    /** Returns whether the process holds no more than before, apart from what a server keeps for its next clients. */
    public boolean noMoreThan(Holdings before) {
        return threads <= before.threads + 20
                && files <= before.files + 20
                && directMebibytes <= before.directMebibytes + 64;
    }
}
