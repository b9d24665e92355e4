package dev.ingestkit.local.functions;

import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.journal.Origins;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives each invocation its own trace header and recognizes the latest ones. Work that an invocation leaves running
 * after its end is still attributed for some thousand invocations; that bounds the memory. Thread-safe.
 */
public final class TraceRegistry implements Origins {

    private static final int DEFAULT_CAPACITY = 16_384;
    private static final String ROOT = "Root=";

    private final Map<String, Origin> byRoot;

    public TraceRegistry() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * Creates an empty registry.
     *
     * @param capacity the number of invocations to remember, at least 1
     */
    TraceRegistry(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1: " + capacity);
        }
        this.byRoot = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Origin> eldest) {
                return size() > capacity;
            }
        };
    }

    /**
     * Creates the trace header of an invocation, in X-Ray's format.
     *
     * @param epochSecond when the trace begins
     * @param id random: its 128 bits become the trace's and the parent's id
     */
    String register(Origin origin, long epochSecond, UUID id) {
        String hex = id.toString().replace("-", "");
        String root = "1-" + HexFormat.of().toHexDigits(epochSecond, 8) + "-" + hex.substring(8);
        String parent = hex.substring(0, 16);
        synchronized (byRoot) {
            byRoot.put(root, origin);
        }
        return ROOT + root + ";Parent=" + parent + ";Sampled=0";
    }

    @Override
    public Optional<Origin> origin(String traceHeader) {
        int start = traceHeader.indexOf(ROOT);
        if (start < 0) {
            return Optional.empty();
        }
        int end = traceHeader.indexOf(';', start);
        String root = traceHeader.substring(start + ROOT.length(), end < 0 ? traceHeader.length() : end);
        synchronized (byRoot) {
            return Optional.ofNullable(byRoot.get(root));
        }
    }
}
