package example;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.aws.inbound.kinesis.KinesisMessageDrivenChannelAdapter;
import org.springframework.integration.aws.inbound.kinesis.KinesisShardOffset;
import org.springframework.integration.aws.outbound.KinesisMessageHandler;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.support.MessageBuilder;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Spring Integration's adapters: a message handler that puts records, and a channel adapter that reads them. */
public final class SpringClient {

    private SpringClient() {}

    public static void main(String[] arguments) throws Exception {
        String stream = System.getenv("STREAM");
        CountDownLatch missing = new CountDownLatch(Texts.ALL.length);
        try (KinesisAsyncClient kinesis = KinesisAsyncClient.create()) {
            kinesis.createStream(request -> request.streamName(stream).shardCount(1))
                    .get();
            DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
            KinesisMessageHandler handler = new KinesisMessageHandler(kinesis);
            handler.setStream(stream);
            handler.setPartitionKey("key");
            handler.setBeanFactory(beans);
            handler.setAsync(false);
            handler.afterPropertiesSet();
            DirectChannel records = new DirectChannel();
            records.subscribe(message -> {
                Texts.received(new String((byte[]) message.getPayload(), StandardCharsets.UTF_8));
                missing.countDown();
            });
            KinesisMessageDrivenChannelAdapter adapter = new KinesisMessageDrivenChannelAdapter(kinesis, stream);
            adapter.setStreamInitialSequence(KinesisShardOffset.trimHorizon());
            adapter.setConverter(bytes -> bytes);
            adapter.setOutputChannel(records);
            adapter.setBeanFactory(beans);
            adapter.afterPropertiesSet();
            adapter.start();
            for (String text : Texts.ALL) {
                handler.handleMessage(MessageBuilder.withPayload(text.getBytes(StandardCharsets.UTF_8))
                        .build());
            }
            if (!missing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("%d records are missing".formatted(missing.getCount()));
            }
            adapter.stop();
            adapter.destroy();
        }
        System.exit(0);
    }
}
