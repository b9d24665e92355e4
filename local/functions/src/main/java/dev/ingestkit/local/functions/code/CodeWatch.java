package dev.ingestkit.local.functions.code;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongPredicate;

/**
 * Detects that a build has changed a function's code: compares names, sizes and times, and reports a change once it has
 * stayed the same for one more check, so that a running build is left alone. It polls, because a build that deletes and
 * recreates the watched directory ends an operating system's watch. One thread polls.
 */
public final class CodeWatch {

    private static final long MISSING = 0;

    private final Path code;
    private volatile long loaded;
    private volatile boolean taking;
    private long seen;

    /** Takes the code as it is now for the code that is loaded. */
    public CodeWatch(Path code) {
        this.code = code;
        this.loaded = fingerprint();
        this.seen = loaded;
    }

    /**
     * Checks once.
     *
     * @param change receives the current code; returns false if it cannot be used, then the next change is awaited
     * @return whether a change was adopted
     */
    public boolean poll(LongPredicate change) {
        long now = fingerprint();
        boolean settled = now == seen;
        seen = now;
        if (!settled || now == loaded || now == MISSING) {
            return false;
        }
        taking = true;
        try {
            loaded = now;
            return change.test(now);
        } finally {
            taking = false;
        }
    }

    /** Returns whether the code on disk has been adopted. Any thread may ask. */
    public boolean isCurrent() {
        return !taking && fingerprint() == loaded;
    }

    private long fingerprint() {
        long[] sum = {MISSING};
        try {
            Files.walkFileTree(code, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    long one = file.hashCode();
                    one = one * 31 + attributes.size();
                    one = one * 31 + attributes.lastModifiedTime().toMillis();
                    // Mixed before it is added, so that the order of the files does not matter but each field does.
                    sum[0] += (one ^ (one >>> 29)) * 0x9E3779B97F4A7C15L;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException vanished) {
            return MISSING;
        }
        return sum[0];
    }
}
