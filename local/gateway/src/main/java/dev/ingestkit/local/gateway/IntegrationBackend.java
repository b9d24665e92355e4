package dev.ingestkit.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Executes the calls of AWS service integrations: by the service of this process, or, while attached, by another
 * endpoint. Implementations are thread-safe.
 */
@FunctionalInterface
public interface IntegrationBackend {

    /**
     * Calls a service.
     *
     * @param service the service in the integration URI, {@code kinesis}
     * @param action the action, {@code PutRecord}
     * @param body the rendered request template
     */
    CompletionStage<Answer> call(String service, String action, Map<String, List<String>> headers, byte[] body);

    /**
     * Calls a service of the query protocol by path, as {@code sqs:path/ACCOUNT/QUEUE}.
     *
     * @param path the path in the integration URI
     * @param form the rendered request template, {@code Action=SendMessage&...}
     * @return an error with status 501 if forms are not supported
     */
    default CompletionStage<Answer> submit(
            String service, String path, Map<String, List<String>> headers, byte[] form) {
        byte[] body = "{\"message\":\"forms are not supported by this back end; use an action and JSON\"}"
                .getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedFuture(
                new Answer(501, Map.of("Content-Type", List.of("application/json")), body));
    }

    /** The service's HTTP answer, errors included. */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}
}
