package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.function.Supplier;

/** Creates queue URLs for responses and finds the queues of requests. Thread-safe. */
final class QueueLocator {

    private final QueueRegistry registry;
    private final Supplier<String> baseUrl;
    private final String region;
    private final String accountId;

    /**
     * Creates a locator.
     *
     * @param baseUrl returns the runtime's URL, {@code http://localhost:4566}
     */
    QueueLocator(QueueRegistry registry, Supplier<String> baseUrl, String region, String accountId) {
        this.registry = requireNonNull(registry, "registry");
        this.baseUrl = requireNonNull(baseUrl, "baseUrl");
        this.region = requireNonNull(region, "region");
        this.accountId = requireNonNull(accountId, "accountId");
    }

    String url(Queue queue) {
        return baseUrl.get() + "/queue/" + region + "/" + accountId + "/" + queue.name;
    }

    /** Returns the name in a queue's URL, whatever its host, account and path. */
    static String nameIn(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Returns the queue of a call, named by its member or, in the query protocol, by the path of the request. */
    Queue queue(ServiceRequest request) {
        String url = AwsInput.of(request)
                .string("QueueUrl")
                .filter(given -> !given.isEmpty())
                .orElse(request.http().rawPath());
        String name = nameIn(url);
        if (name.isEmpty()) {
            throw SqsErrors.missing("QueueUrl");
        }
        return registry.named(name).orElseThrow(SqsErrors::queueDoesNotExist);
    }
}
