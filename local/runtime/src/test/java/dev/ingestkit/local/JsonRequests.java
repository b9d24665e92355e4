package dev.ingestkit.local;

import java.net.URI;
import java.net.http.HttpRequest;

/** Requests of AWS's JSON protocol, unsigned. */
final class JsonRequests {

    private JsonRequests() {}

    /** @param target the action with its prefix, such as {@code DynamoDB_20120810.GetItem} */
    static HttpRequest.Builder of(URI endpoint, String target, String body) {
        return HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
