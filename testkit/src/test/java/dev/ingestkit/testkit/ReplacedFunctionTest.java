package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@IngestTest(template = "src/test/resources/orders.yaml")
@ResetAfterEach
class ReplacedFunctionTest {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Test
    void aLambdaRunsInAFunctionsPlace(IngestPipeline pipeline) {
        pipeline.replace("Writer", (event, context) -> {
            seen.add(context.getFunctionName() + " " + ((Map<?, ?>) event).keySet());
            return null;
        });
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").processed();
        assertThat(seen).containsExactly("test-Writer [Records]");
    }

    @Test
    void aLambdaTakesAnEventOfANamedType(IngestPipeline pipeline) {
        pipeline.replace("Writer", KinesisEvent.class, (event, context) -> {
            event.getRecords().forEach(record -> seen.add(record.getKinesis().getPartitionKey()));
            return null;
        });
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").processed();
        assertThat(seen).containsExactly("order-1");
    }

    @Test
    void anObjectOfTheTestGetsTheEventThatItsClassDeclares(IngestPipeline pipeline) {
        pipeline.replace("Writer", new Failing(seen));
        pipeline.clock().freeze();
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").delivered(1);
        assertThatThrownBy(() -> pipeline.await("order-1").processed()).hasMessageContaining("order-1 does not please");
        pipeline.restore("Writer");
        pipeline.clock().resume();
        pipeline.await("order-1").stored();
        assertThat(seen).containsExactly("order-1");
    }

    @Test
    void aHandlerOfStreamsRunsInAFunctionsPlace(IngestPipeline pipeline) {
        RequestStreamHandler handler = (input, output, context) -> {
            seen.add(context.getAwsRequestId());
            output.write(input.readAllBytes());
        };
        pipeline.replace("Writer", handler);
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").processed();
        assertThat(pipeline.await("order-1").invocations()).isEqualTo(List.copyOf(seen));
    }

    @Test
    void afterAResetTheTemplatesHandlerRuns(IngestPipeline pipeline) {
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").stored();
    }

    private abstract static class Typed<T> implements RequestHandler<T, Void> {}

    private static final class Failing extends Typed<KinesisEvent> {

        private final Queue<String> seen;

        Failing(Queue<String> seen) {
            this.seen = seen;
        }

        @Override
        public Void handleRequest(KinesisEvent event, Context context) {
            String key = event.getRecords().get(0).getKinesis().getPartitionKey();
            seen.add(key);
            throw new IllegalStateException(key + " does not please");
        }
    }
}
