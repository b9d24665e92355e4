package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.gateway.IntegrationBackend;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Executes service integrations at another endpoint. Each call is made once, as API Gateway does: the client decides
 * what a lost answer means. Thread-safe.
 */
public final class RemoteIntegrationBackend implements IntegrationBackend {

    private static final int NOT_FOUND = 404;

    private final AwsClient endpoint;

    public RemoteIntegrationBackend(AwsClient endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    @Override
    public CompletionStage<Answer> call(String service, String action, Map<String, List<String>> headers, byte[] body) {
        return AwsApi.named(service)
                .map(api -> endpoint.post(api, action, body)
                        .thenApply(answer ->
                                new Answer(answer.statusCode(), answer.headers().map(), answer.body())))
                .orElseGet(() -> CompletableFuture.completedFuture(unknown(service)));
    }

    private static Answer unknown(String service) {
        byte[] body =
                "{\"__type\":\"UnknownOperationException\",\"message\":\"integrations with %s are not supported\"}"
                        .formatted(service)
                        .getBytes(StandardCharsets.UTF_8);
        return new Answer(NOT_FOUND, Map.of("Content-Type", List.of("application/json")), body);
    }
}
