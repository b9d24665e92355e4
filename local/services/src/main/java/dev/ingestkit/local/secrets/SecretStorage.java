package dev.ingestkit.local.secrets;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets in a store, each as a whole, by its name. Without a store nothing is kept. Not thread-safe: {@link
 * SecretsService} admits one call at a time.
 */
final class SecretStorage {

    private static final String SECRETS = "secrets";

    private final @Nullable Store store;
    private final Map<String, byte[]> saved = new HashMap<>();

    private SecretStorage(@Nullable Store store) {
        this.store = store;
    }

    /** Returns a storage that keeps nothing: secrets end with the process. */
    static SecretStorage none() {
        return new SecretStorage(null);
    }

    static SecretStorage in(Store store) {
        return new SecretStorage(requireNonNull(store, "store"));
    }

    /** Stores the secrets that have changed. */
    void save(Collection<Secret> secrets) {
        if (store == null) {
            return;
        }
        Batch batch = new Batch();
        Set<String> gone = new HashSet<>(saved.keySet());
        for (Secret secret : secrets) {
            gone.remove(secret.name);
            byte[] content = SecretCodec.write(secret).toString().getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(content, saved.put(secret.name, content))) {
                batch.put(SECRETS, key(secret.name), content);
            }
        }
        gone.forEach(name -> {
            saved.remove(name);
            batch.remove(SECRETS, key(name));
        });
        store.commit(batch);
    }

    /** Returns the secrets of an earlier process. */
    List<Secret> load() {
        List<Secret> secrets = new ArrayList<>();
        if (store != null) {
            ByteCursor cursor = store.map(SECRETS).all();
            while (cursor.next()) {
                Secret secret = SecretCodec.read(parsed(cursor.value()));
                saved.put(secret.name, cursor.value());
                secrets.add(secret);
            }
        }
        return secrets;
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(byte[] content) {
        return Json.stored(content, "a secret");
    }
}
