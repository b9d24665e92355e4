package dev.ingestkit.local.cloudwatch;

import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryDialect;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Accepts the metrics that clients such as the Kinesis Client Library publish, without reading or storing them; a
 * rejected call would be repeated for as long as the client runs. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
 */
public final class CloudWatchService implements AwsService {

    private static final String PUT_METRIC_DATA = "PutMetricData";
    private static final QueryDialect DIALECT =
            QueryDialect.plain("http://monitoring.amazonaws.com/doc/2010-08-01/", Set.of(PUT_METRIC_DATA));

    /** Creates the service. */
    public CloudWatchService() {}

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public Set<String> actions() {
        return Set.of(PUT_METRIC_DATA);
    }

    /** Returns false: clients compress large calls, and the metrics are not used. */
    @Override
    public boolean readsInput() {
        return false;
    }

    @Override
    public QueryDialect queryDialect() {
        return DIALECT;
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        return request.action().equals(PUT_METRIC_DATA)
                ? CompletableFuture.completedFuture(ServiceResponse.empty())
                : CompletableFuture.failedFuture(ServiceException.notImplemented(name(), request.action()));
    }
}
