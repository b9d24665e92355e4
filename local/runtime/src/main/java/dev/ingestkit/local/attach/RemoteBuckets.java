package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;

/** The buckets of another endpoint. Thread-safe. */
public final class RemoteBuckets {

    private final AwsClient endpoint;

    public RemoteBuckets(AwsClient endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /**
     * Puts an object, without retries.
     *
     * @param key characters that need no encoding in a path
     * @return the key; a failed future with {@link AwsErrorException} when the endpoint refuses it
     */
    public CompletableFuture<String> put(String bucketArn, String key, byte[] content) {
        String path = "/%s/%s".formatted(Arn.nameIn(bucketArn), key);
        return endpoint.send(endpoint.request(path, "s3")
                        .header("Content-Type", "application/json")
                        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                        .PUT(BodyPublishers.ofByteArray(content)))
                .thenApply(answer -> {
                    if (answer.statusCode() != 200) {
                        throw XmlAnswer.error("s3 PutObject " + path, answer.statusCode(), answer.body());
                    }
                    return key;
                });
    }
}
