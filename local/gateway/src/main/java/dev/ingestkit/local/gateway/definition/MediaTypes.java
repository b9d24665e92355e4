package dev.ingestkit.local.gateway.definition;

import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares media types as API Gateway does: without parameters, in any letter case. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html">Binary media types</a>
 */
public final class MediaTypes {

    public static final String JSON = "application/json";

    private MediaTypes() {}

    /** Returns {@code application/json} for {@code Application/JSON; charset=utf-8}. */
    static String bare(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the media type of a request; without Content-Type it is JSON to the gateway. */
    public static String ofRequest(@Nullable String contentType) {
        return contentType == null || contentType.isBlank() ? JSON : bare(contentType);
    }

    /** Returns the media type to answer in: an exact match of Accept, else JSON, else the first. */
    public static Optional<String> choose(Collection<String> offered, @Nullable String accept) {
        if (accept != null) {
            String wanted = bare(accept);
            if (offered.contains(wanted)) {
                return Optional.of(wanted);
            }
        }
        if (offered.contains(JSON)) {
            return Optional.of(JSON);
        }
        Iterator<String> first = offered.iterator();
        return first.hasNext() ? Optional.of(first.next()) : Optional.empty();
    }

    /**
     * Returns whether the first media type of an Accept header is a binary one. Without the header only a
     * list that has all types fits.
     */
    public static boolean accepts(Collection<String> patterns, @Nullable String accept) {
        if (accept == null) {
            return patterns.contains("*/*");
        }
        int comma = accept.indexOf(',');
        return matches(patterns, comma < 0 ? accept : accept.substring(0, comma));
    }

    /** Returns whether a type is in a list, which may contain {@code *}{@code /*} and {@code image/*}. */
    public static boolean matches(Collection<String> patterns, @Nullable String contentType) {
        if (contentType == null || patterns.isEmpty()) {
            return false;
        }
        String type = bare(contentType);
        String group = type.substring(0, Math.max(0, type.indexOf('/'))) + "/*";
        return patterns.contains("*/*") || patterns.contains(type) || patterns.contains(group);
    }
}
