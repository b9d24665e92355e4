package dev.ingestkit.local.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Carries out an AWS service integration's call: in the embedded runtime by the service of the same process, in attach
 * mode by another endpoint. Thread-safe.
 */
@FunctionalInterface
public interface IntegrationBackend {

    /**
     * @param service the service in the integration URI, {@code kinesis}
     * @param action the action, {@code PutRecord}
     * @param body what the request template made
     */
    CompletionStage<Answer> call(String service, String action, Map<String, List<String>> headers, byte[] body);

    /** The service's HTTP answer, errors included. */
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {}
}
