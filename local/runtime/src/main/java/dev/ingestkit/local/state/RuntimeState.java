package dev.ingestkit.local.state;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.store.StoreArchive;
import dev.ingestkit.local.store.StoreView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a runtime: one store, in memory or in a data directory. It belongs to one stack name, region and account,
 * since ARNs are part of the state. Thread-safe, except that one thread at a time replaces the state.
 */
public final class RuntimeState implements AutoCloseable {

    private static final String RUNTIME = "runtime/names";

    private final Map<String, String> names;
    private final @Nullable DurableStore durable;
    private volatile MemoryStore memory = new MemoryStore();
    private volatile Store store = memory;

    private RuntimeState(Map<String, String> names, @Nullable DurableStore durable) {
        this.names = names;
        this.durable = durable;
    }

    /** Returns an empty state that ends with the process. */
    public static RuntimeState inMemory(String stack, String region, String accountId) {
        RuntimeState state = new RuntimeState(names(stack, region, accountId), null);
        state.store.commit(state.nameEntries());
        return state;
    }

    /**
     * Opens the state in a directory, which is created if it does not exist.
     *
     * @throws IOException if the directory cannot be used, or holds the data of other names; the message says what to
     * do
     */
    public static RuntimeState in(Path directory, String stack, String region, String accountId) throws IOException {
        DurableStore durable = DurableStore.open(directory);
        try {
            RuntimeState state = new RuntimeState(names(stack, region, accountId), durable);
            state.store = durable.deferred();
            state.requireNames(state.store, directory);
            state.store.commit(state.nameEntries());
            return state;
        } catch (IOException | RuntimeException refused) {
            durable.close();
            throw refused;
        }
    }

    private static Map<String, String> names(String stack, String region, String accountId) {
        return new TreeMap<>(Map.of("stack", stack, "region", region, "account", accountId));
    }

    private Batch nameEntries() {
        Batch batch = new Batch();
        names.forEach((name, value) -> batch.put(RUNTIME, bytes(name), bytes(value)));
        return batch;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void requireNames(Store content, Path directory) throws IOException {
        for (Map.Entry<String, String> name : names.entrySet()) {
            byte[] stored = content.map(RUNTIME).get(bytes(name.getKey()));
            String found = stored == null ? name.getValue() : new String(stored, StandardCharsets.UTF_8);
            if (!found.equals(name.getValue())) {
                throw new IOException("'%s' has the data of %s '%s', not '%s': use that %s, or another directory"
                        .formatted(directory, name.getKey(), found, name.getValue(), name.getKey()));
            }
        }
    }

    /** Returns the store of the current state. Once the state is replaced, changes of the store have no effect. */
    public Store store() {
        return store;
    }

    /** Returns the store of a state in memory. */
    public MemoryStore memory() {
        return memory;
    }

    /** Returns whether the state survives the end of the process. */
    public boolean isDurable() {
        return durable != null;
    }

    /** Returns everything in the state as of now. */
    public StoreView view() {
        return store.view();
    }

    /**
     * Reads an archived state, whose content nobody changes before it replaces this state.
     *
     * @throws IOException if the archive is missing, damaged, of another version, or of another stack; the message says
     *     which
     */
    public MemoryStore read(Path archive) throws IOException {
        MemoryStore content = StoreArchive.read(archive);
        requireNames(content, archive);
        return content;
    }

    /**
     * Replaces the state.
     *
     * @param content what {@link #read} has returned for the archive
     * @throws IOException if the data directory cannot be written; then the state is as before
     */
    public void replace(Path archive, MemoryStore content) throws IOException {
        if (durable == null) {
            memory = requireNonNull(content, "content");
            store = content;
        } else {
            store = durable.replace(archive, content);
        }
    }

    /**
     * Empties a state in memory.
     *
     * @throws IllegalStateException if the state is in a directory
     */
    public void clear() {
        if (isDurable()) {
            throw new IllegalStateException("a state in a directory cannot be emptied while it is open");
        }
        memory = new MemoryStore();
        store = memory;
    }

    /** Closes the files; the state in memory is lost. */
    @Override
    public void close() {
        if (durable == null) {
            memory.close();
        } else {
            durable.close();
        }
    }
}
