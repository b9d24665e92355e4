package dev.ingestkit.local.functions.code;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Creates task roots from functions' code, one per content, and deletes each when its last user releases it. A
 * folder is copied, too: a build that empties it must not take classes from a running function.
 * Thread-safe.
 */
public final class TaskRoots {

    /** A source of Python or Node.js. */
    private static final Pattern SOURCE = Pattern.compile(".*\\.(py|js|mjs|cjs)");

    /** Lambda's quota for the unzipped size of a function, in bytes. */
    static final long MAX_BYTES = 262_144_000;

    private static final int MAX_ENTRIES = 200_000;
    private static final int LOCKS = 64;

    private final Path folder;
    private final long largest;
    private final Map<String, Integer> users = new HashMap<>();
    /** By a part of the content's hash. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

    private final AtomicInteger serial = new AtomicInteger();

    /** Creates an empty set of roots, whose directories are made in a folder. */
    public TaskRoots(Path folder) {
        this(folder, MAX_BYTES);
    }

    TaskRoots(Path folder, long largest) {
        this.folder = folder;
        this.largest = largest;
    }

    /**
     * Unpacks or copies a function's code with its layers unless the same content is already in use.
     *
     * @throws IOException as {@link #acquire(Path)}
     */
    public TaskRoot acquire(Path code, List<Path> layers) throws IOException {
        if (layers.isEmpty()) {
            return acquire(code);
        }
        List<TaskRoot> parts = new ArrayList<>();
        try {
            parts.add(acquire(code));
            for (Path layer : layers) {
                parts.add(acquire(layer));
            }
            return together(parts);
        } finally {
            for (TaskRoot part : parts) {
                release(part);
            }
        }
    }

    /** Makes a root of a function's code, which comes first, and of its layers. */
    private TaskRoot together(List<TaskRoot> parts) throws IOException {
        MessageDigest digest = sha256();
        parts.forEach(part -> add(digest, part.contentHash()));
        String hash = hex(digest);
        return place(hash, fresh -> {
            copy(parts.get(0).folder(), files(parts.get(0).folder()), fresh);
            for (int layer = 1; layer < parts.size(); layer++) {
                Path folder = parts.get(layer).folder();
                copy(folder, files(folder), fresh.resolve(TaskRoot.LAYERS).resolve(String.valueOf(layer)));
            }
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * Unpacks or copies a function's code unless the same content is already in use.
     *
     * @throws IOException if the code is missing, is not a readable archive, exceeds Lambda's size, or has an entry
     *     that points outside of it
     */
    public TaskRoot acquire(Path code) throws IOException {
        if (!Files.exists(code)) {
            throw new IOException("no code at " + code);
        }
        if (Files.isDirectory(code)) {
            return acquireFolder(code);
        }
        return SOURCE.matcher(code.toString()).matches() ? acquireFile(code) : acquireArchive(code);
    }

    /** Copies a single source, which packaging would put into an archive of its own. */
    private TaskRoot acquireFile(Path code) throws IOException {
        Path name = requireNonNull(code.getFileName());
        MessageDigest digest = sha256();
        add(digest, name.toString());
        digest.update(Files.readAllBytes(code));
        return place(hex(digest), fresh -> Files.copy(code, fresh.resolve(name)));
    }

    /** Returns a hash of an archive's directory, so that known content need not be unpacked again. */
    private TaskRoot acquireArchive(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            String hash = contentHash(zip);
            return place(hash, fresh -> unpack(archive, zip, fresh));
        } catch (ZipException broken) {
            throw new IOException("%s is not a readable archive: %s".formatted(archive, broken.getMessage()), broken);
        }
    }

    private TaskRoot acquireFolder(Path code) throws IOException {
        List<Path> files = files(code);
        MessageDigest digest = sha256();
        for (Path file : files) {
            add(digest, code.relativize(file).toString());
            digest.update(Files.readAllBytes(file));
        }
        String hash = hex(digest);
        return place(hash, fresh -> copy(code, files, fresh));
    }

    private static String contentHash(ZipFile zip) {
        MessageDigest digest = sha256();
        zip.stream().forEach(entry -> {
            add(digest, entry.getName());
            add(digest, entry.getSize() + " " + entry.getCrc());
        });
        return hex(digest);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private synchronized @Nullable TaskRoot known(String hash) {
        return users.computeIfPresent(hash, (same, count) -> count + 1) == null ? null : root(hash);
    }

    private TaskRoot root(String hash) {
        return new TaskRoot(folder.resolve("task-" + hash), hash);
    }

    /** Copies or unpacks code into a directory. */
    private interface Filling {
        void into(Path fresh) throws IOException;
    }

    /** Functions of one archive that are registered side by side fill its root once. */
    private TaskRoot place(String hash, Filling filling) throws IOException {
        synchronized (locks[Math.floorMod(hash.hashCode(), locks.length)]) {
            TaskRoot known = known(hash);
            return known != null ? known : fill(hash, filling);
        }
    }

    private TaskRoot fill(String hash, Filling filling) throws IOException {
        Path fresh = folder.resolve("incoming-" + serial.getAndIncrement());
        try {
            Files.createDirectories(fresh);
            filling.into(fresh);
            return place(hash, fresh);
        } finally {
            TaskRoot.delete(fresh);
        }
    }

    private synchronized TaskRoot place(String hash, Path fresh) throws IOException {
        TaskRoot root = root(hash);
        Files.move(fresh, root.folder(), StandardCopyOption.ATOMIC_MOVE);
        users.put(hash, 1);
        return root;
    }

    /** Adds a user of a root that is in use. */
    public synchronized TaskRoot retain(TaskRoot root) {
        if (users.computeIfPresent(root.contentHash(), (hash, count) -> count + 1) == null) {
            throw new IllegalStateException(root.folder() + " is not in use");
        }
        return root;
    }

    /** Removes a user; the last one deletes the directory. */
    public synchronized void release(TaskRoot root) throws IOException {
        Integer left = users.computeIfPresent(root.contentHash(), (hash, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            TaskRoot.delete(root.folder());
        }
    }

    private void unpack(Path archive, ZipFile zip, Path target) throws IOException {
        if (zip.size() > MAX_ENTRIES) {
            throw new IOException("%s holds %d entries, more than %d".formatted(archive, zip.size(), MAX_ENTRIES));
        }
        long left = largest;
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            Path path = inside(archive, target, entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
                left -= write(archive, in, path, left);
                if (in.getChecksum().getValue() != entry.getCrc()) {
                    throw new ZipException("entry " + entry.getName() + " is damaged");
                }
            }
        }
    }

    private static Path inside(Path archive, Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("%s: entry %s points outside of the archive".formatted(archive, name));
        }
        return path;
    }

    private void copy(Path source, List<Path> files, Path target) throws IOException {
        long left = largest;
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                left -= write(source, in, target.resolve(source.relativize(file)), left);
            }
        }
    }

    private long write(Path code, InputStream in, Path path, long left) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        long written = 0;
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(path)) {
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
