package dev.ingestkit.local.cloudwatch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Accepts the metrics that clients such as the Kinesis Client Library publish, and keeps their statistics; a rejected
 * call would be repeated for as long as the client runs. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 */
public final class CloudWatchService implements AwsService {

    private static final String PUT_METRIC_DATA = "PutMetricData";
    private static final QueryDialect DIALECT =
            QueryDialect.plain("http://monitoring.amazonaws.com/doc/2010-08-01/", Set.of(PUT_METRIC_DATA));

    private final PublishedMetrics metrics;
    private final Clock clock;

    /** Creates the service over a store of metrics. */
    public CloudWatchService(PublishedMetrics metrics, Clock clock) {
        this.metrics = requireNonNull(metrics, "metrics");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public Set<String> actions() {
        return Set.of(PUT_METRIC_DATA);
    }

    @Override
    public QueryDialect queryDialect() {
        return DIALECT;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        if (!request.action().equals(PUT_METRIC_DATA)) {
            return CompletableFuture.failedFuture(ServiceException.notImplemented(name(), request.action()));
        }
        return ServiceResponse.completed(() -> {
            new MetricInput(AwsInput.of(request), clock.instant()).metrics().forEach(metrics::add);
            return JsonNodeFactory.instance.objectNode();
        });
    }
}
