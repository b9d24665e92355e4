package dev.ingestkit.local.dynamodb;

import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.LoopbackClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Passes calls to DynamoDB Local over kept connections. Its ARNs have a region of its own making; in answers and
 * requests that carry ARNs it is exchanged for ours. Thread-safe.
 */
final class Forwarder implements AutoCloseable {

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

    /** It writes one item after another; more at a time would only wait in it, each with a thread. */
    private static final int CONNECTIONS = 16;

    private final LoopbackClient client;
    private final String ourArn;

    Forwarder(URI endpoint, String region, String accountId) {
        this.client = new LoopbackClient(
                "dynamodb-calls", new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECTIONS);
        this.ourArn = "arn:aws:dynamodb:%s:%s:".formatted(region, accountId);
    }

    CompletableFuture<HttpResponse> forward(String action, byte[] body) {
        boolean hasArns = !DATA_ACTIONS.contains(action);
        Map<String, String> headers = Map.of(
                "X-Amz-Target",
                "DynamoDB_20120810." + action,
                "Content-Type",
                "application/x-amz-json-1.0",
                "Authorization",
                AUTHORIZATION);
        return client.post(headers, hasArns ? exchanged(body, ourArn, LOCAL_ARN) : body)
                .thenApply(answer -> response(answer, hasArns));
    }

    private HttpResponse response(HttpResponse answer, boolean hasArns) {
        byte[] content = ((HttpResponse.Bytes) answer.body()).content();
        byte[] body = hasArns ? exchanged(content, LOCAL_ARN, ourArn) : content;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answer.headers().forEach((name, values) -> {
            // The checksum is of the body before the exchange; SDKs check it only where it is there.
            boolean stale = hasArns && name.equalsIgnoreCase("x-amz-crc32");
            if (!stale && !name.equalsIgnoreCase("server")) {
                headers.put(name, values);
            }
        });
        return new HttpResponse(answer.status(), headers, new HttpResponse.Bytes(body));
    }

    @Override
    public void close() {
        client.close();
    }

    private static byte[] exchanged(byte[] body, String from, String to) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.contains(from) ? text.replace(from, to).getBytes(StandardCharsets.UTF_8) : body;
    }
}
