package dev.ingestkit.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a back end.
 *
 * @param headers values by name, in any letter case
 * @param functionError a function's error message; null on success and for services
 */
record IntegrationAnswer(
        int status,
        Map<String, List<String>> headers,
        byte[] body,
        @Nullable String functionError) {

    static final IntegrationAnswer NONE = new IntegrationAnswer(0, Map.of(), new byte[0], null);

    static IntegrationAnswer of(IntegrationBackend.Answer answer) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        return new IntegrationAnswer(answer.status(), headers, answer.body(), null);
    }

    static IntegrationAnswer status(int status) {
        return new IntegrationAnswer(status, Map.of(), new byte[0], null);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
