package dev.ingestkit.local.cloudformation;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.RandomIds;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Maps the access keys of assumed roles to their callers; holds the {@value #MAX_SESSIONS} roles assumed last.
 * Thread-safe.
 */
final class RoleSessions {

    static final int MAX_SESSIONS = 1_000;

    private static final String TEMPORARY = "ASIA";
    private static final int KEY_LENGTH = 20;

    private final Map<String, Caller> callers = new LinkedHashMap<>();

    /**
     * The identity behind an access key.
     *
     * @param userId the role's id and the session's name
     * @param account twelve digits
     * @param arn of the session
     */
    record Caller(String userId, String account, String arn) {
        Caller {
            requireNonNull(userId, "userId");
            requireNonNull(account, "account");
            requireNonNull(arn, "arn");
        }
    }

    /** Returns a new access key for the caller. */
    synchronized String start(Caller caller) {
        String key = accessKey();
        callers.put(key, caller);
        if (callers.size() > MAX_SESSIONS) {
            callers.remove(callers.keySet().iterator().next());
        }
        return key;
    }

    /** Returns a new access key that belongs to no role. */
    String accessKey() {
        String random = RandomIds.text().replace("-", "").toUpperCase(Locale.ROOT);
        return TEMPORARY + random.substring(0, KEY_LENGTH - TEMPORARY.length());
    }

    synchronized Optional<Caller> caller(String accessKey) {
        return Optional.ofNullable(callers.get(accessKey));
    }
}
