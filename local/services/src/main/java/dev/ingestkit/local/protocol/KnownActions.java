package dev.ingestkit.local.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Lists the actions of AWS, so that an unsupported action and an unknown one get different errors. */
final class KnownActions {

    private static final String RESOURCE = "aws-actions.properties";
    private static final Map<String, Set<String>> BY_SERVICE = load();

    private KnownActions() {}

    /** Returns all actions of a service; empty for a service that the runtime does not run. */
    static Set<String> of(String service) {
        return BY_SERVICE.getOrDefault(service, Set.of());
    }

    static boolean knows(String service, String action) {
        return of(service).contains(action);
    }

    private static Map<String, Set<String>> load() {
        Properties lines = new Properties();
        try (InputStream file = KnownActions.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the runtime's archive");
            }
            lines.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
        Map<String, Set<String>> actions = new HashMap<>();
        lines.forEach((service, names) ->
                actions.put((String) service, Set.copyOf(Arrays.asList(((String) names).split(" ")))));
        return Map.copyOf(actions);
    }
}
