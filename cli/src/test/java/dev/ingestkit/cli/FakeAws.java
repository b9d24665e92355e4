package dev.ingestkit.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A fake AWS with the outputs of a stack, an account number, and the answers that a test sets for other actions. An
 * action without an answer is rejected. Thread-safe once it is set up.
 */
public final class FakeAws implements AutoCloseable {

    private static final String OUTPUT = "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>";

    private final HttpServer server;
    private final Map<String, Function<String, Answer>> answers = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** An answer; if it is cut short, half of the body is sent and the connection closes. */
    public record Answer(int status, String body, boolean cutShort) {

        public static Answer ok(String body) {
            return new Answer(200, body, false);
        }

        /** Returns an error in the form of the JSON protocols. */
        public static Answer refused(String code, String message) {
            return new Answer(
                    400, "{\"__type\":\"com.amazonaws#%s\",\"message\":\"%s\"}".formatted(code, message), false);
        }
    }

    public FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        on("DescribeStacks", Answer.ok(stack()));
        on(
                "DescribeTable",
                Answer.ok("{\"Table\":{\"TableName\":\"events-table\",\"KeySchema\":["
                        + "{\"AttributeName\":\"eventId\",\"KeyType\":\"HASH\"},"
                        + "{\"AttributeName\":\"part\",\"KeyType\":\"RANGE\"}]}}"));
        on("GetCallerIdentity", Answer.ok("""
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>
            </GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
            </GetCallerIdentityResponse>\
            """));
    }

    private String stack() {
        StringBuilder outputs = new StringBuilder();
        Map.of(
                        "StreamName", "events",
                        "TableName", "events-table",
                        "WriterFunctionName", "writer",
                        "SecretArn", "arn:aws:secretsmanager:us-east-1:123456789012:secret:api",
                        "SubmitUrl", endpoint() + "/submit",
                        "DeadLetterQueueUrl", endpoint() + "/123456789012/letters")
                .forEach((key, value) -> outputs.append(OUTPUT.formatted(key, value)));
        return """
            <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
            <Stacks><member><StackName>ingest-kit</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime>
            <StackStatus>CREATE_COMPLETE</StackStatus><Outputs>%s</Outputs></member></Stacks></DescribeStacksResult>
            </DescribeStacksResponse>\
            """.formatted(outputs);
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Returns clients that call only this endpoint; the caller closes them. */
    public AwsClients clients() {
        return new AwsClients(new Target(
                Target.Kind.OTHER,
                Optional.of(URI.create(endpoint())),
                "us-east-1",
                Optional.empty(),
                "stack",
                "test",
                Map.of()));
    }

    /** Sets the answer to an action. */
    public FakeAws on(String action, Answer answer) {
        return on(action, body -> answer);
    }

    /** Sets the answer to an action by the request's body. */
    public FakeAws on(String action, Function<String, Answer> answer) {
        answers.put(action, answer);
        return this;
    }

    /** Returns the actions that were called, in order. */
    public List<String> calls() {
        return calls;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String action = action(exchange, body);
        calls.add(action);
        Answer answer = answers.getOrDefault(
                        action, request -> Answer.refused("UnknownOperationException", "no test speaks of " + action))
                .apply(body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", answer.body().startsWith("<") ? "text/xml" : "application/x-amz-json-1.0");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes, 0, answer.cutShort() ? bytes.length / 2 : bytes.length);
        exchange.close();
    }

    private static String action(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.indexOf('.') + 1);
        }
        return body.startsWith("Action=")
                ? body.substring("Action=".length(), body.indexOf('&'))
                : exchange.getRequestURI().getPath();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
