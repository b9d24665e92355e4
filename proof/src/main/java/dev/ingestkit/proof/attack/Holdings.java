package dev.ingestkit.proof.attack;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/**
 * What this process holds that a leak would let grow.
 *
 * @param threads alive
 * @param files open descriptors, sockets among them; 0 where the system does not tell
 * @param directMebibytes of network buffers
 */
public record Holdings(int threads, long files, long directMebibytes) {

    /** As it is now. */
    public static Holdings now() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        long direct = ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider told
                ? told.metric().usedDirectMemory() >> 20
                : 0;
        return new Holdings(ManagementFactory.getThreadMXBean().getThreadCount(), files, direct);
    }

    /** Whether this is no more than before, up to what a server holds ready for its next clients. */
    public boolean noMoreThan(Holdings before) {
        return threads <= before.threads + 20
                && files <= before.files + 20
                && directMebibytes <= before.directMebibytes + 64;
    }
}
