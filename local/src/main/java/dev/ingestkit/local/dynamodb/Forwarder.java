package dev.ingestkit.local.dynamodb;

import dev.ingestkit.local.http.HttpResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Passes calls to DynamoDB Local over kept connections. Its ARNs have a region of its own making; in answers and
 * requests that carry ARNs it is exchanged for ours. Thread-safe.
 */
final class Forwarder {

    private static final Set<String> DATA_ACTIONS = Set.of(
            "PutItem",
            "GetItem",
            "UpdateItem",
            "DeleteItem",
            "Query",
            "Scan",
            "BatchGetItem",
            "BatchWriteItem",
            "TransactGetItems",
            "TransactWriteItems");
    private static final String LOCAL_ARN = "arn:aws:dynamodb:ddblocal:000000000000:";

    /** DynamoDB Local wants credentials and verifies none; with a shared database they do not tell tables apart. */
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host,"
                    + " Signature=0";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI endpoint;
    private final String ourArn;

    Forwarder(URI endpoint, String region, String accountId) {
        this.endpoint = endpoint;
        this.ourArn = "arn:aws:dynamodb:%s:%s:".formatted(region, accountId);
    }

    CompletableFuture<HttpResponse> forward(String action, byte[] body) {
        boolean hasArns = !DATA_ACTIONS.contains(action);
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("X-Amz-Target", "DynamoDB_20120810." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("Authorization", AUTHORIZATION)
                .POST(HttpRequest.BodyPublishers.ofByteArray(hasArns ? exchanged(body, ourArn, LOCAL_ARN) : body))
                .build();
        return client.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(answer -> response(answer, hasArns));
    }

    private HttpResponse response(java.net.http.HttpResponse<byte[]> answer, boolean hasArns) {
        byte[] body = hasArns ? exchanged(answer.body(), LOCAL_ARN, ourArn) : answer.body();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answer.headers().map().forEach((name, values) -> {
            // The checksum is of the body before the exchange; SDKs check it only where it is there.
            boolean stale = hasArns && name.equalsIgnoreCase("x-amz-crc32");
            if (!stale && !name.startsWith(":") && !name.equalsIgnoreCase("server")) {
                headers.put(name, values);
            }
        });
        return new HttpResponse(answer.statusCode(), headers, new HttpResponse.Bytes(body));
    }

    private static byte[] exchanged(byte[] body, String from, String to) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.contains(from) ? text.replace(from, to).getBytes(StandardCharsets.UTF_8) : body;
    }
}
