package dev.ingestkit.handlers.writer;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The dead letter queue in SQS. Its client is built for the first message: most instances never park one. */
final class SqsQueue implements DeadLetterQueue {

    private final Supplier<SqsClient> clients;
    private final String url;
    private @Nullable SqsClient client;

    SqsQueue(Supplier<SqsClient> clients, String url) {
        this.clients = clients;
        this.url = url;
    }

    private synchronized SqsClient client() {
        SqsClient made = client;
        if (made == null) {
            made = clients.get();
            client = made;
        }
        return made;
    }

    @Override
    public void send(String message) throws QueueException {
        try {
            client().sendMessage(request -> request.queueUrl(url).messageBody(message));
        } catch (SdkException e) {
            throw new QueueException("the queue " + url + " did not accept the message: " + e.getMessage(), e);
        }
    }
}
