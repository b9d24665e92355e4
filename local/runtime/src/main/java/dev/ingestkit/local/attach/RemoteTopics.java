package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** The topics of another endpoint, by their ARNs. Thread-safe. */
public final class RemoteTopics {

    private final AwsClient endpoint;

    public RemoteTopics(AwsClient endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /** Publishes a message and returns its id. */
    public CompletableFuture<String> publish(String topicArn, String message) {
        String form = "Action=Publish&Version=2010-03-31&TopicArn=%s&Message=%s"
                .formatted(encoded(topicArn), encoded(message));
        return endpoint.query("sns", form).thenApply(RemoteTopics::messageId);
    }

    private static String messageId(byte[] answer) {
        try {
            return XmlAnswer.parse(answer)
                    .child("PublishResult")
                    .map(result -> result.text("MessageId"))
                    .orElse("");
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
