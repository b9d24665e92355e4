package dev.ingestkit.local.gateway;

import java.util.List;
import java.util.Map;
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

    /** The service's HTTP answer, errors included. */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}
}
