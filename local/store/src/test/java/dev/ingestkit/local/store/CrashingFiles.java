package dev.ingestkit.local.store;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory that crash at one of their operations: a write leaves a part of its bytes, another operation happens
 * or not, and every later one fails. The content afterwards depends on whether the process ended or the power was
 * lost. Thread-safe.
 *
 * <p>A loss of power keeps, of each file, what was forced and any number of the bytes written since; and of the changes
 * of names those before the last force and any number of the later ones, in their order, as journaling file systems do.
 */
final class CrashingFiles implements StoreFiles {

    /** The two ends of a run: the process is killed, or the power is lost. */
    enum End {
        PROCESS,
        POWER
    }

    /** The kinds of operations at which files crash. */
    enum Operation {
        CREATE,
        WRITE,
        FORCE,
        TRUNCATE,
        MOVE,
        SHARE,
        DELETE
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private byte[] forced = new byte[0];
    }

    private final SplittableRandom random;
    private final int crashAt;
    private int operations;
    private @Nullable Operation crashed;
    /** The names as they were after each change; the last one is the present. */
    private final List<Map<Path, Content>> names = new ArrayList<>();

    private int forcedNames;
    private @Nullable Path full;

    /** @param crashAt the number of the operation that crashes, counted from 1; 0 for none */
    CrashingFiles(SplittableRandom random, int crashAt) {
        this.random = random;
        this.crashAt = crashAt;
        names.add(new TreeMap<>());
    }

    /** Makes each write to a file fail from now on, as on a disk without space. */
    synchronized void fill(Path file) {
        full = file;
    }

    synchronized int operations() {
        return operations;
    }

    synchronized boolean crashed() {
        return crashed != null;
    }

    /** Returns the kind of the operation that crashed, or null before. */
    synchronized @Nullable Operation crashedAt() {
        return crashed;
    }

    /** Returns the contents of the disk after the machine has restarted; they crash at an operation of their own. */
    synchronized CrashingFiles after(End end, int nextCrash) {
        int kept = end == End.PROCESS ? names.size() - 1 : forcedNames + random.nextInt(names.size() - forcedNames);
        CrashingFiles next = new CrashingFiles(random.split(), nextCrash);
        Map<Path, Content> survivors = next.names.get(0);
        names.get(kept).forEach((path, content) -> {
            Content survivor = new Content();
            int length = content.bytes.length;
            if (end == End.POWER && length > content.forced.length) {
                length = content.forced.length + random.nextInt(length - content.forced.length + 1);
            }
            survivor.bytes = Arrays.copyOf(content.bytes, length);
            survivor.forced = survivor.bytes;
            survivors.put(path, survivor);
        });
        return next;
    }

    private Map<Path, Content> now() {
        return names.get(names.size() - 1);
    }

    private Content content(Path file) throws IOException {
        Content content = now().get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return content;
    }

    /** Returns whether the operation happens before the crash, if it crashes. */
    private boolean happens(Operation operation) throws IOException {
        if (crashed != null) {
            throw new IOException("the machine is down");
        }
        operations++;
        crashed = operations == crashAt ? operation : null;
        return crashed == null || random.nextBoolean();
    }

    private void end() throws IOException {
        if (crashed != null) {
            throw new IOException("crashed at operation %d, %s".formatted(operations, crashed));
        }
    }

    private void rename(Consumer<Map<Path, Content>> change) {
        Map<Path, Content> next = new TreeMap<>(now());
        change.accept(next);
        names.add(next);
    }

    @Override
    public void createDirectories(Path directory) {}

    @Override
    public synchronized List<String> list(Path directory) {
        return now().keySet().stream()
                .filter(file -> directory.equals(file.getParent()))
                .map(file -> requireNonNull(file.getFileName()).toString())
                .toList();
    }

    @Override
    public synchronized boolean exists(Path file) {
        return now().containsKey(file);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        return content(file).bytes.length;
    }

    @Override
    public synchronized InputStream read(Path file) throws IOException {
        return new ByteArrayInputStream(content(file).bytes);
    }

    @Override
    public synchronized OpenFile open(Path file) throws IOException {
        if (!now().containsKey(file)) {
            if (happens(Operation.CREATE)) {
                rename(next -> next.put(file, new Content()));
            }
            end();
        }
        return new Open(file, content(file));
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        Content content = content(from);
        if (happens(Operation.MOVE)) {
            rename(next -> {
                next.remove(from);
                next.put(to, content);
            });
        }
        end();
    }

    @Override
    public synchronized void share(Path file, Path second) throws IOException {
        Content shared = content(file);
        if (happens(Operation.SHARE)) {
            rename(next -> next.put(second, shared));
        }
        end();
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        if (now().containsKey(file)) {
            if (happens(Operation.DELETE)) {
                rename(next -> next.remove(file));
            }
            end();
        }
    }

    @Override
    public @Nullable AutoCloseable lock(Path file) {
        return () -> {};
    }

    private final class Open implements OpenFile {
        private final Path file;
        private final Content content;

        Open(Path file, Content content) {
            this.file = file;
            this.content = content;
        }

        @Override
        public long size() {
            synchronized (CrashingFiles.this) {
                return content.bytes.length;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (CrashingFiles.this) {
                if (file.equals(full)) {
                    throw new IOException("No space left on device");
                }
                boolean whole = happens(Operation.WRITE);
                int count = whole && crashed == null ? source.remaining() : random.nextInt(source.remaining() + 1);
                int from = Math.toIntExact(position);
                byte[] bytes = Arrays.copyOf(content.bytes, Math.max(content.bytes.length, from + count));
                source.get(bytes, from, count);
                content.bytes = bytes;
                end();
                return count;
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (CrashingFiles.this) {
                if (happens(Operation.TRUNCATE)) {
                    content.bytes = Arrays.copyOf(content.bytes, Math.toIntExact(length));
                    content.forced =
                            Arrays.copyOf(content.forced, Math.min(content.forced.length, content.bytes.length));
                }
                end();
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (CrashingFiles.this) {
                if (happens(Operation.FORCE)) {
                    content.forced = content.bytes;
                    forcedNames = names.size() - 1;
                }
                end();
            }
        }

        @Override
        public void close() {}
    }
}
