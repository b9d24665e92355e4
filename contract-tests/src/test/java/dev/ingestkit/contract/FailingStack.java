package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Creates the failing pipeline by API calls, under a unique name, and removes it on close. */
final class FailingStack implements AutoCloseable {

    /** LocalStack requires a role ARN and does not check it. */
    private static final String ROLE = "arn:aws:iam::000000000000:role/contract";

    private final AwsClients clients;
    private final FailingPipeline pipeline;
    private final String name;
    private final String mapping;

    private FailingStack(AwsClients clients, FailingPipeline pipeline, String name, String mapping) {
        this.clients = clients;
        this.pipeline = pipeline;
        this.name = name;
        this.mapping = mapping;
    }

    static FailingStack create(AwsClients clients, Duration timeout, Set<Difference> differences) throws IOException {
        String name = "contract-failing-" + UUID.randomUUID().toString().substring(0, 8);
        String streamArn = createStream(clients.kinesis(), name, timeout);
        String queueUrl =
                clients.sqs().createQueue(request -> request.queueName(name)).queueUrl();
        createFunction(clients.lambda(), name, timeout);
        String mapping = createMapping(clients.lambda(), name, streamArn, queueArn(clients.sqs(), queueUrl), timeout);
        return new FailingStack(
                clients, new FailingPipeline(clients, name, queueUrl, timeout, differences), name, mapping);
    }

    private static String createStream(KinesisClient kinesis, String name, Duration timeout) {
        kinesis.createStream(request -> request.streamName(name).shardCount(1));
        return Awaitility.await("stream " + name + " is active")
                .atMost(timeout)
                .until(
                        () -> kinesis.describeStreamSummary(request -> request.streamName(name))
                                .streamDescriptionSummary(),
                        stream -> stream.streamStatus() == StreamStatus.ACTIVE)
                .streamARN();
    }

    private static String queueArn(SqsClient sqs, String url) {
        return requireNonNull(
                sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
    }

    private static void createFunction(LambdaClient lambda, String name, Duration timeout) throws IOException {
        SdkBytes archive = SdkBytes.fromByteArray(FunctionArchive.of(PoisonFunction.class));
        lambda.createFunction(request -> request.functionName(name)
                .runtime(Runtime.JAVA21)
                .handler(PoisonFunction.HANDLER)
                .role(ROLE)
                .memorySize(256)
                .timeout(30)
                .code(code -> code.zipFile(archive)));
        Awaitility.await("function " + name + " is active")
                .atMost(timeout)
                .until(() -> lambda.getFunction(request -> request.functionName(name))
                                .configuration()
                                .state()
                        == State.ACTIVE);
    }

    private static String createMapping(
            LambdaClient lambda, String name, String streamArn, String queueArn, Duration timeout) {
        String mapping = lambda.createEventSourceMapping(request -> request.functionName(name)
                        .eventSourceArn(streamArn)
                        .startingPosition(EventSourcePosition.TRIM_HORIZON)
                        .batchSize(10)
                        .maximumRetryAttempts(FailingPipeline.RETRIES)
                        .bisectBatchOnFunctionError(true)
                        .destinationConfig(to -> to.onFailure(queue -> queue.destination(queueArn))))
                .uuid();
        Awaitility.await("the mapping of " + name + " is enabled")
                .atMost(timeout)
                .until(() -> "Enabled"
                        .equals(lambda.getEventSourceMapping(request -> request.uuid(mapping))
                                .state()));
        return mapping;
    }

    FailingPipeline pipeline() {
        return pipeline;
    }

    @Override
    public void close() {
        clients.lambda().deleteEventSourceMapping(request -> request.uuid(mapping));
        clients.lambda().deleteFunction(request -> request.functionName(name));
        clients.kinesis().deleteStream(request -> request.streamName(name));
        clients.sqs().deleteQueue(request -> request.queueUrl(pipeline.queueUrl()));
        clients.close();
    }
}
