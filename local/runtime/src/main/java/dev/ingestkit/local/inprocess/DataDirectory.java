package dev.ingestkit.local.inprocess;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.DurableStore;
import dev.ingestkit.local.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Opens the directory that keeps a runtime's data. Stateless. */
public final class DataDirectory {

    private static final String RUNTIME = "runtime/names";

    private DataDirectory() {}

    /**
     * Opens a directory for the stack of these names, whose ARNs are part of the data.
     *
     * @return a store whose commits do not wait; the caller closes it
     * @throws IOException if the directory cannot be used, or holds the data of other names; the message says what to
     * do
     */
    public static Store open(Path directory, String stack, String region, String accountId) throws IOException {
        Map<String, String> names = new TreeMap<>(Map.of("stack", stack, "region", region, "account", accountId));
        Store store = DurableStore.open(directory).deferred();
        try {
            for (Map.Entry<String, String> name : names.entrySet()) {
                require(store, directory, name.getKey(), name.getValue());
            }
            return store;
        } catch (IOException | RuntimeException refused) {
            store.close();
            throw refused;
        }
    }

    private static void require(Store store, Path directory, String name, String value) throws IOException {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        byte[] stored = store.map(RUNTIME).get(key);
        if (stored == null) {
            store.commit(new Batch().put(RUNTIME, key, value.getBytes(StandardCharsets.UTF_8)));
            return;
        }
        String found = new String(stored, StandardCharsets.UTF_8);
        if (!found.equals(value)) {
            throw new IOException("'%s' has the data of %s '%s', not '%s': use that %s, or another directory"
                    .formatted(directory, name, found, value, name));
        }
    }
}
