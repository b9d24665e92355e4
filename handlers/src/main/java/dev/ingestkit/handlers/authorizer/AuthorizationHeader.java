package dev.ingestkit.handlers.authorizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the Authorization header in an authorizer's event. */
final class AuthorizationHeader {

    private static final String NAME = "Authorization";

    private AuthorizationHeader() {}

    /**
     * API Gateway sends each header twice: {@code multiValueHeaders} with all its values, {@code headers} with the
     * last. Names come as the client wrote them; HTTP/2 clients write lower case. Two values are ambiguous (which one
     * did a proxy check?), so they count as none.
     *
     * @return the one value of the header, however its name is spelled
     */
    static Optional<String> in(JsonObject event) {
        List<String> values = event.object("multiValueHeaders")
                .map(AuthorizationHeader::allValues)
                .filter(found -> !found.isEmpty())
                .or(() -> event.object("headers").map(AuthorizationHeader::allValues))
                .orElse(List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static List<String> allValues(JsonObject headers) {
        List<String> values = new ArrayList<>(1);
        for (Map.Entry<String, @Nullable Object> header : headers.members().entrySet()) {
            if (header.getKey().equalsIgnoreCase(NAME)) {
                addValues(header.getValue(), values);
            }
        }
        return values;
    }

    private static void addValues(@Nullable Object value, List<String> values) {
        if (value instanceof String text) {
            values.add(text);
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                addValues(each, values);
            }
        }
    }
}
