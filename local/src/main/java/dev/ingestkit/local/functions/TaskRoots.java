package dev.ingestkit.local.functions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Makes task roots from functions' code, one per content, and deletes each when its last user has let go. A copy is made
 * of a folder too: a build that empties it must not take classes from a running function. Thread-safe.
 */
final class TaskRoots {

    /** Lambda's quota for the unzipped size of a function. */
    static final long LARGEST = 262_144_000;

    private static final int MOST_ENTRIES = 200_000;

    private final Path folder;
    private final long largest;
    private final Map<String, Integer> users = new HashMap<>();
    private final AtomicInteger serial = new AtomicInteger();

    TaskRoots(Path folder) {
        this(folder, LARGEST);
    }

    TaskRoots(Path folder, long largest) {
        this.folder = folder;
        this.largest = largest;
    }

    /**
     * Unpacks or copies a function's code unless the same content is there already.
     *
     * @throws IOException if the code is missing, is no readable archive, is over Lambda's size, or has an entry that
     *     points outside of it
     */
    TaskRoot acquire(Path code) throws IOException {
        if (!Files.exists(code)) {
            throw new IOException("no code at " + code);
        }
        Path fresh = folder.resolve("incoming-" + serial.getAndIncrement());
        try {
            MessageDigest digest = sha256();
            if (Files.isDirectory(code)) {
                copy(code, fresh, digest);
            } else {
                unpack(code, fresh, digest);
            }
            return place(fresh, HexFormat.of().formatHex(digest.digest(), 0, 8));
        } finally {
            TaskRoot.delete(fresh);
        }
    }

    private synchronized TaskRoot place(Path fresh, String hash) throws IOException {
        Path target = folder.resolve("task-" + hash);
        if (!users.containsKey(hash)) {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        }
        users.merge(hash, 1, Integer::sum);
        return new TaskRoot(target, hash);
    }

    /** One user more of a root that is in use. */
    synchronized TaskRoot retain(TaskRoot root) {
        if (users.computeIfPresent(root.contentHash(), (hash, count) -> count + 1) == null) {
            throw new IllegalStateException(root.folder() + " is not in use");
        }
        return root;
    }

    /** One user less; the last one deletes the folder. */
    synchronized void release(TaskRoot root) throws IOException {
        Integer left = users.computeIfPresent(root.contentHash(), (hash, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            TaskRoot.delete(root.folder());
        }
    }

    private void unpack(Path archive, Path target, MessageDigest digest) throws IOException {
        Files.createDirectories(target);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new IOException("%s holds %d entries, more than %d".formatted(archive, zip.size(), MOST_ENTRIES));
            }
            long left = largest;
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                Path path = inside(archive, target, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    left -= write(archive, in, path, entry.getName(), digest, left);
                }
            }
        } catch (ZipException broken) {
            throw new IOException("%s is no readable archive: %s".formatted(archive, broken.getMessage()), broken);
        }
    }

    private static Path inside(Path archive, Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("%s: entry %s points outside of the archive".formatted(archive, name));
        }
        return path;
    }

    private void copy(Path source, Path target, MessageDigest digest) throws IOException {
        Files.createDirectories(target);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        long left = largest;
        for (Path file : files) {
            String name = source.relativize(file).toString();
            try (InputStream in = Files.newInputStream(file)) {
                left -= write(source, in, target.resolve(name), name, digest, left);
            }
        }
    }

    private long write(Path code, InputStream in, Path path, String name, MessageDigest digest, long left)
            throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update((byte) 0);
        long written = 0;
        byte[] buffer = new byte[16 * 1024];
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), digest)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                written += read;
                if (written > left) {
                    throw new IOException(
                            "%s is larger than %d bytes unpacked, Lambda's limit".formatted(code, largest));
                }
                out.write(buffer, 0, read);
            }
        }
        return written;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
