package example;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.kinesis.Kinesis2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Apache Camel: a route from a stream to a queue, and one from the queue, with clients that Camel is given. */
public final class CamelClient {

    private CamelClient() {}

    public static void main(String[] arguments) throws Exception {
        String stream = System.getenv("STREAM");
        CountDownLatch missing = new CountDownLatch(Texts.ALL.length);
        try (KinesisClient kinesis = KinesisClient.create();
                SqsClient sqs = SqsClient.create();
                CamelContext camel = new DefaultCamelContext()) {
            kinesis.createStream(request -> request.streamName(stream).shardCount(1));
            kinesis.waiter().waitUntilStreamExists(request -> request.streamName(stream));
            camel.getRegistry().bind("kinesis", kinesis);
            camel.getRegistry().bind("sqs", sqs);
            String source = "aws2-kinesis://%s?amazonKinesisClient=#kinesis".formatted(stream);
            String queue = "aws2-sqs://%s?amazonSQSClient=#sqs&autoCreateQueue=true".formatted(stream);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(source + "&iteratorType=TRIM_HORIZON")
                            .convertBodyTo(String.class)
                            .to(queue);
                    from(queue).process(exchange -> {
                        Texts.received(exchange.getMessage().getBody(String.class));
                        missing.countDown();
                    });
                }
            });
            camel.start();
            ProducerTemplate producer = camel.createProducerTemplate();
            for (String text : Texts.ALL) {
                producer.sendBodyAndHeader(source, text, Kinesis2Constants.PARTITION_KEY, text);
            }
            if (!missing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("%d records are missing".formatted(missing.getCount()));
            }
        }
        System.exit(0);
    }
}
