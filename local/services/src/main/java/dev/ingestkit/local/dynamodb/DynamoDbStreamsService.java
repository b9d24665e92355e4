package dev.ingestkit.local.dynamodb;

import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.table.TableEngine;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * DynamoDB Streams behind the common port: the records of the tables' changes. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html">DynamoDB Streams API Reference</a>
 */
final class DynamoDbStreamsService implements AwsService {

    private static final String STREAMS = "DynamoDBStreams_20120810.";

    private final TableEngine engine;
    private final Executor workers;

    DynamoDbStreamsService(TableEngine engine, Executor workers) {
        this.engine = engine;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "dynamodbstreams";
    }

    @Override
    public Set<String> actions() {
        return engine.streamActions();
    }

    @Override
    public boolean readsInput() {
        return false;
    }

    @Override
    public String errorPrefix() {
        return "com.amazonaws.dynamodb.v20120810#";
    }

    @Override
    public CompletionStage<ServiceResponse> handle(ServiceRequest request) {
        return CompletableFuture.supplyAsync(
                () -> new ServiceResponse.Raw(DynamoDbService.response(
                        engine.execute(
                                STREAMS + request.action(), request.http().body()),
                        request.requestId())),
                workers);
    }
}
