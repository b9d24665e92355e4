package dev.ingestkit.local.gateway.authorizer;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a request that the conditions of a policy can name: {@code aws:SourceIp}, {@code aws:UserAgent},
 * {@code aws:Referer}, {@code aws:SecureTransport}, {@code aws:CurrentTime} and {@code aws:EpochTime}. The names are
 * read in any letter case. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policy-conditions.html">the
 *     condition keys of API Gateway</a>
 */
public final class RequestKeys {

    /** A request without any value. */
    public static final RequestKeys NONE = new RequestKeys(Map.of());

    private final Map<String, String> values;

    private RequestKeys(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Returns the keys of a request; every request counts as sent over TLS, as on AWS. */
    public static RequestKeys of(
            String sourceAddress, Instant time, Optional<String> userAgent, Optional<String> referer) {
        Map<String, String> values = new HashMap<>();
        values.put("aws:sourceip", sourceAddress);
        values.put("aws:currenttime", time.toString());
        values.put("aws:epochtime", String.valueOf(time.getEpochSecond()));
        values.put("aws:securetransport", "true");
        userAgent.ifPresent(agent -> values.put("aws:useragent", agent));
        referer.ifPresent(page -> values.put("aws:referer", page));
        return new RequestKeys(values);
    }

    @Nullable
    String value(String key) {
        return values.get(key.toLowerCase(Locale.ROOT));
    }
}
